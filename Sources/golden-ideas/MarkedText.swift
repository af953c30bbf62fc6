import Rules

/// Title and body of a text, and what stands at a place in them.
struct MarkedText {
  private let title: [Unicode.Scalar]
  private let body: [Unicode.Scalar]

  init(title: String, body: String) {
    self.title = Array(title.unicodeScalars)
    self.body = Array(body.unicodeScalars)
  }

  func excerpt(_ part: ExplainedSpan.Part, _ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: (part == .title ? title : body)[range])
    return String(text)
  }
}
