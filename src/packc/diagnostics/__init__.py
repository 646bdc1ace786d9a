"""Everything wrong is a value: rules, diagnostics and the sink that collects them."""

from packc.diagnostics.diagnostic import Diagnostic, Label, Sink
from packc.diagnostics.rule import Rule, Severity, all_rules, rule

__all__ = ["Diagnostic", "Label", "Rule", "Severity", "Sink", "all_rules", "rule"]
