"""Everything wrong is a value: rules, diagnostics and the sink that collects them."""

from packc.diagnostics.diagnostic import Diagnostic, Edit, Fix, Ignore, Label, Sink
from packc.diagnostics.rule import Rule, Severity, all_rules, rule

__all__ = ["Diagnostic", "Edit", "Fix", "Ignore", "Label", "Rule", "Severity", "Sink", "all_rules", "rule"]
