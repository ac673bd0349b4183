"""The pages that ours are measured against. Each stands alone, so that it costs what it would cost on its own."""
