"""Pages of guidance and case studies, and the search over them."""
