"""Values become files to be handed on: text and bytes, with nothing read and nothing stored."""
