"""What may happen next in a matter: pure values and functions over the journal's fold and the law's basis."""
