"""Reading: decision cases, the law and agreements as files, into terms; decisions into JSON."""
