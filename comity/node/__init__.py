"""One office running: its settings, what its people may do, what arrives, what is carried out to others."""
