/// The text of a PDF's pages, by poppler: words with their places, put together to lines and cells, and those to what
/// may be one text.
struct PageText {
  private let conversion: Conversion

  init(_ conversion: Conversion) { self.conversion = conversion }

  func read(_ document: [UInt8]) throws(PrintingFault) -> DocumentText {
    let program = try conversion.shelf.required(.pdfText)
    let folder = try WorkFolder()
    let file = try folder.write(document, as: "page.pdf")
    let arguments = ["-q", "-bbox-layout", "-enc", "UTF-8", file, folder.path("page.html")]
    try conversion.run(.pdfText, program, arguments, in: folder)
    guard let layout = folder.bytes(of: "page.html") else { throw .wroteNothing(.pdfText) }
    var text = PDFStrings.read(document)
    text.passages += PageText.passages(layout)
    return text
  }

  private struct Word {
    var left: Double
    var right: Double
    /// Of its middle, from the page's top.
    var height: Double
    var text = ""

    /// Of one of its characters.
    var width: Double { (right - left) / Double(max(1, text.count)) }

    /// The size of its type, as near as widths tell: digits and letters are half as wide as high.
    var size: Double { text.utf8.allSatisfy { $0 < 0x80 } ? 2 * width : width }
  }

  /// Words a blank apart: a line, or of a table's row a cell.
  private struct Run {
    var line: Int
    var words: [Word]

    var left: Double { words.first?.left ?? 0 }
    var right: Double { words.last?.right ?? 0 }
    var size: Double { words.map(\.size).max() ?? 0 }
    var text: String { words.map(\.text).joined(separator: " ") }

    /// Where it begins and where it ends, from the page's top: characters of several kinds are not of one height.
    var begins: Double { words.first?.height ?? 0 }
    var ends: Double { words.last?.height ?? 0 }
  }

  static func passages(_ layout: [UInt8]) -> [Passage] {
    var passages: [Passage] = []
    var reader = MarkupReader(layout, isXML: true)
    var page = 0
    var line = 0
    var words: [Word] = []
    var runs: [Run] = []
    var isWord = false
    while let event = reader.next() {
      switch event {
      case .open("page", _):
        page += 1
        line = 0
        runs = []
      case .open("line", _):
        line += 1
        words = []
      case .open("word", let attributes):
        isWord = true
        func number(_ name: String) -> Double { attributes.first { $0.name == name }.flatMap { Double($0.value) } ?? 0 }
        let height = (number("yMin") + number("yMax")) / 2
        words.append(Word(left: number("xMin"), right: number("xMax"), height: height))
      case .text(let text):
        if isWord, !words.isEmpty { words[words.count - 1].text += text }
      case .close("word"): isWord = false
      case .close("line"):
        let cells = split(words, line: line)
        passages += sideBySide(cells, page: page)
        runs += cells
      case .close("page"): passages += below(runs, page: page)
      default: break
      }
    }
    return passages
  }

  private static func split(_ words: [Word], line: Int) -> [Run] {
    var runs: [Run] = []
    for word in words {
      if let last = runs.last?.words.last, word.left - last.right < 0.65 * min(last.width, word.width) {
        runs[runs.count - 1].words.append(word)
      } else {
        runs.append(Run(line: line, words: [word]))
      }
    }
    return runs
  }

  /// Each cell of a row, and a few in a row.
  private static func sideBySide(_ cells: [Run], page: Int) -> [Passage] {
    var passages = cells.map { Passage(GatePlace(.page, page, within: $0.line), $0.text) }
    for count in [2, 3] where cells.count >= count {
      for start in 0...cells.count - count {
        let pieces = cells[start..<start + count].map(\.text)
        passages.append(Passage(GatePlace(.page, page, within: cells[start].line), pieces: pieces, .cells))
      }
    }
    return passages
  }

  /// A text may go on in the lines below it, a number in a narrow cell over some of them.
  private static func below(_ unordered: [Run], page: Int) -> [Passage] {
    let runs = unordered.sorted { $0.begins < $1.begins }
    let next = runs.map { run in
      let size = run.size
      let from = runs.partitioningIndex { $0.begins > run.ends + size / 2 }
      return runs[from...].prefix { $0.begins < run.ends + 2.5 * size }
        .firstIndex {
          min($0.right, run.right) - max($0.left, run.left) > min($0.right - $0.left, run.right - run.left) / 2
        }
    }
    var passages: [Passage] = []
    for (index, run) in runs.enumerated() {
      var pieces = [run.text]
      var isProse = true
      var last = index
      while pieces.count < 4, let following = next[last] {
        // A paragraph's lines end where they have to, and go on where lines begin.
        let isFull = runs[last].right > runs[following].right - runs[last].size && pieces[pieces.count - 1].count >= 8
        isProse = isProse && isFull && runs[following].left < runs[last].left + 2 * runs[last].size
        pieces.append(runs[following].text)
        last = following
        passages.append(Passage(GatePlace(.page, page, within: run.line), pieces: pieces, isProse ? .prose : .lines))
      }
    }
    return passages
  }
}

extension Array {
  /// The first position from which on the condition holds, in elements sorted by it.
  fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
