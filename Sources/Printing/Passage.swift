/// A stretch of a document's text that reads on: a paragraph, a cell, a value.
struct Passage: Sendable {
  var place: GatePlace
  /// One, or several that may be parts of one text: lines of a page, cells side by side. Then only what reaches over
  /// all of them is of interest, as each is a passage itself.
  var pieces: [String]
  /// How pieces lie to each other.
  var joint = Joint.lines
  /// An address, in which characters may stand as %31.
  var isAddress = false

  init(_ place: GatePlace, _ text: String, isAddress: Bool = false) {
    self.place = place
    pieces = [text]
    self.isAddress = isAddress
  }

  init(_ place: GatePlace, pieces: [String], _ joint: Joint) {
    self.place = place
    self.pieces = pieces
    self.joint = joint
  }

  enum Joint {
    /// Lines of one paragraph beyond doubt.
    case prose
    /// Below each other: lines, or cells of a column.
    case lines
    /// Side by side: cells of a row, or groups of a number.
    case cells
  }
}

/// A document's text with all its corners, and what of it cannot be read or must not be there.
struct DocumentText {
  var passages: [Passage] = []
  var obstacles: [(place: GatePlace, kind: GateFinding.Kind)] = []

  mutating func append(_ other: DocumentText) {
    passages += other.passages
    obstacles += other.obstacles
  }
}
