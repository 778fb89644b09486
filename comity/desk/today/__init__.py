"""Today and Matters: what lies on our desk by due date, what waits on others, what arrived, and every matter with filters."""
