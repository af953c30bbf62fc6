/// The text of a PDF's pages, by poppler: words with their places, put together to lines, and lines to what may be one
/// text.
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
    var text = ""

    /// Of one of its characters.
    var width: Double { (right - left) / Double(max(1, text.count)) }
  }

  private struct Line {
    var number: Int
    var words: [Word] = []

    var left: Double { words.first?.left ?? 0 }
    var right: Double { words.last?.right ?? 0 }
    var width: Double { words.map(\.width).max() ?? 0 }
    var count: Int { words.reduce(0) { $0 + $1.text.count } }

    /// Words a blank apart are one text; those further apart are cells of a row.
    var cells: [String] {
      var cells: [String] = []
      var last: Word?
      for word in words {
        if let last, !cells.isEmpty, word.left - last.right < 0.8 * min(last.width, word.width) {
          cells[cells.count - 1] += " " + word.text
        } else {
          cells.append(word.text)
        }
        last = word
      }
      return cells
    }

    var text: String { words.map(\.text).joined(separator: " ") }
  }

  static func passages(_ layout: [UInt8]) -> [Passage] {
    var passages: [Passage] = []
    var reader = MarkupReader(layout, isXML: true)
    var page = 0
    var lines = 0
    var block: [Line] = []
    var isWord = false
    while let event = reader.next() {
      switch event {
      case .open("page", _):
        page += 1
        lines = 0
      case .open("block", _): block = []
      case .open("line", _):
        lines += 1
        block.append(Line(number: lines))
      case .open("word", let attributes):
        isWord = true
        func number(_ name: String) -> Double { attributes.first { $0.name == name }.flatMap { Double($0.value) } ?? 0 }
        if !block.isEmpty { block[block.count - 1].words.append(Word(left: number("xMin"), right: number("xMax"))) }
      case .text(let text):
        if isWord, let last = block.last, !last.words.isEmpty {
          block[block.count - 1].words[last.words.count - 1].text += text
        }
      case .close("word"): isWord = false
      case .close("block"): passages += read(block, page: page)
      default: break
      }
    }
    return passages
  }

  private static func read(_ block: [Line], page: Int) -> [Passage] {
    var passages: [Passage] = []
    let left = block.map(\.left).min() ?? 0
    let right = block.map(\.right).max() ?? 0
    for (index, line) in block.enumerated() {
      let place = GatePlace(.page, page, within: line.number)
      let cells = line.cells
      passages += cells.map { Passage(place, $0) }
      for count in [2, 3] where cells.count >= count {
        for start in 0...cells.count - count {
          passages.append(Passage(place, pieces: Array(cells[start..<start + count]), isProse: false))
        }
      }
      // A text may go on in the next lines, and a number in a narrow cell over some more.
      var isProse = true
      for count in 2...4 where index + count <= block.count {
        let run = block[index..<index + count]
        let before = run[run.endIndex - 2]
        let isFull = before.count >= 8 && before.right > right - 2 * before.width
        isProse = isProse && isFull && run[run.endIndex - 1].left < left + 2 * before.width
        passages.append(Passage(place, pieces: run.map(\.text), isProse: isProse))
      }
    }
    return passages
  }
}
