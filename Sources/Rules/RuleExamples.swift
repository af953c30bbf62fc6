internal import Text

extension RuleBook {
  /// Runs every example of every rule, alone and behind text of several bytes a character, where spans computed in
  /// the wrong unit come out wrong.
  package func failingExamples() -> [RuleProblem] {
    var scratch = RuleScratch(self)
    var problems: [RuleProblem] = []
    for prefix in ["", "👩🏽‍🔧𠮷é："] {
      for (number, rule) in rules.enumerated() {
        for (position, example) in rule.hits.enumerated() {
          let spans = spans(of: number, in: prefix + example.text, &scratch)
          let offset = prefix.unicodeScalars.count
          if spans.isEmpty {
            note(&problems, rule, .exampleMissed(rule: rule.id, number: position + 1))
          } else if !example.marks.allSatisfy({ mark in
            spans.contains(mark.lowerBound + offset..<mark.upperBound + offset)
          }) {
            note(&problems, rule, .exampleSpanMissed(rule: rule.id, number: position + 1))
          }
        }
        for (position, text) in rule.misses.enumerated() where !spans(of: number, in: prefix + text, &scratch).isEmpty {
          note(&problems, rule, .exampleHit(rule: rule.id, number: position + 1))
        }
      }
    }
    return problems
  }

  package var exampleCount: Int { rules.reduce(0) { $0 + $1.hits.count + $1.misses.count } }

  private func note(_ problems: inout [RuleProblem], _ rule: Rule, _ fault: RuleProblem.Fault) {
    let problem = RuleProblem(file: rule.file, line: rule.line, fault: fault)
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Evidence of one rule in a body text, as ranges of the text's scalars; empty when it does not fire.
  private func spans(of rule: Int, in text: String, _ scratch: inout RuleScratch) -> Set<Range<Int>> {
    var text = text
    if rules[rule].scope == .title {
      return spans(of: rule, title: &text, &scratch)
    }
    return explain(title: "", body: text, scratch: &scratch).evidence
      .filter { $0.rule == rule && $0.part == .body }.reduce(into: []) { $0.insert($1.scalars) }
  }

  private func spans(of rule: Int, title: inout String, _ scratch: inout RuleScratch) -> Set<Range<Int>> {
    explain(title: title, body: "", scratch: &scratch).evidence
      .filter { $0.rule == rule && $0.part == .title }.reduce(into: []) { $0.insert($1.scalars) }
  }
}
