import Suggestions

/// A report as one page.
struct ReportPage {
  /// A figure at the head of a report.
  struct Figure {
    /// Its name in the JSON of the same run.
    var key: String
    var name: String
    /// As people read it, and as JSON has it.
    var words: String
    var value: String
    /// What is divided by what.
    var definition: String

    /// - Parameter share: 0 to 1.
    static func share(_ key: String, _ name: String, _ share: Double, _ definition: String) -> Figure {
      Figure(key: key, name: name, words: percent(share), value: decimal(share, 4), definition: definition)
    }
  }

  let language: Language
  let title: String
  /// What was judged, and by what.
  let facts: [String]
  let figures: [Figure]

  func markup(_ content: (inout HTMLWriter) -> Void) -> String {
    HTMLPage(language: language, title: title, sheet: ReportStyle.sheet).markup { body in
      body.element("header") { header in
        header.element("h1", title)
        header.element("p", ["class": "facts"], facts.joined(separator: " · "))
      }
      body.newline()
      body.element("main") { main in
        write(figures, to: &main)
        content(&main)
      }
    }
  }

  private func write(_ figures: [Figure], to html: inout HTMLWriter) {
    html.element("dl", ["class": "figures"]) { list in
      for figure in figures {
        list.element("div") { group in
          group.element("dt", figure.name)
          group.element("dd", ["class": "value"]) {
            $0.element("data", ["id": figure.key, "value": figure.value], figure.words)
          }
          group.element("dd", ["class": "note"], figure.definition)
        }
        list.newline()
      }
    }
    html.newline()
  }
}

extension HTMLWriter {
  /// A part of a report under its heading.
  mutating func section(_ heading: String, _ content: (inout HTMLWriter) -> Void) {
    element("section") { section in
      section.element("h2", heading)
      section.newline()
      content(&section)
    }
    newline()
  }

  mutating func note(_ text: String) { element("p", ["class": "note"], text) }
}
