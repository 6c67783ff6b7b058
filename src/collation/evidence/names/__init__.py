"""What can be asked about the names of a document: which answer each other, which are left over, which side errs."""
