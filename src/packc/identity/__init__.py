"""Who a question is, and what learners have of it. Loaded only where a project has a ledger."""

FILE_NAME = "packc.lock"  # the ledger's file, beside the project's
