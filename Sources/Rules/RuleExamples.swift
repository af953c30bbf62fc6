internal import Text

extension RuleBook {
  /// Runs every example of every rule, alone and behind text of several bytes a character, where spans computed in
  /// the wrong unit come out wrong. Each on a day the rule is in force.
  package func failingExamples() -> [RuleProblem] { failingExamples(of: rules) }

  /// The same for some rules alone.
  package func failingExamples(of rules: [Rule]) -> [RuleProblem] {
    var scratch = RuleScratch(self)
    var problems: [RuleProblem] = []
    for prefix in ["", "👩🏽‍🔧𠮷é："] {
      for rule in rules {
        // What must open a text cannot stand behind anything.
        if rule.words.atStart && !prefix.isEmpty { continue }
        for (position, example) in rule.hits.enumerated() {
          let spans = spans(of: rule, in: example, behind: prefix, &scratch)
          let offset = prefix.unicodeScalars.count
          if spans.isEmpty {
            note(&problems, rule, .exampleMissed(rule: rule.id, number: position + 1))
          } else if !example.marks.allSatisfy({ mark in
            spans.contains(mark.lowerBound + offset..<mark.upperBound + offset)
          }) {
            note(&problems, rule, .exampleSpanMissed(rule: rule.id, number: position + 1))
          }
        }
        for (position, example) in rule.misses.enumerated()
        where !spans(of: rule, in: example, behind: prefix, &scratch).isEmpty {
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

  /// Evidence of one rule in an example, as ranges of the text's scalars; empty when it does not fire. An example without
  /// a title is the title of a rule that looks at titles alone.
  private func spans(
    of rule: Rule, in example: RuleExample, behind prefix: String, _ scratch: inout RuleScratch
  ) -> Set<Range<Int>> {
    let asTitle = rule.words.scope == .title && example.title.isEmpty
    let text = prefix + example.text
    return explain(
      title: asTitle ? text : example.title, body: asTitle ? "" : text, context: example.context, scratch: &scratch
    ).evidence
      .filter { $0.rule == rule.number && (asTitle || example.title.isEmpty || $0.part == .body || rule.words.scope == .title) }
      .reduce(into: []) { $0.insert($1.scalars) }
  }
}
