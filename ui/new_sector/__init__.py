"""The four pages of a new sector: which table, which side, how it is protected, and the table's facts."""
