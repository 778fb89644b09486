"""The parts every page is made of: values (`model`), the partials that show them, and a gallery of all of them."""
