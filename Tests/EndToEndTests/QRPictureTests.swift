import Foundation
import Suggestions
import TestSupport
import Testing
import golden_ideas

/// The code as telephones see it.
struct QRPictureTests {
  /// Rows of a code as `#` and `.`.
  static func rows(_ picture: QRPicture) -> [String] {
    (0..<picture.width).map { row in
      String(picture.modules[row * picture.width..<(row + 1) * picture.width].map { $0 ? "#" : "." })
    }
  }

  static let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]

  /// ISO/IEC 18004 §6.3: three finder patterns, timing patterns between them, one dark module beside them.
  @Test(arguments: ["GI-XNBN-QMM2-E", "https://gi.example.cn/r/GI-XNBN-QMM2-E", String(repeating: "金点子 ", count: 40)])
  func hasThePatternsOfACode(_ text: String) throws {
    let picture = try #require(QRPicture(text))
    let rows = Self.rows(picture)
    let width = picture.width
    #expect((width - 17) % 4 == 0 && width >= 21 && picture.modules.count == width * width)
    for (place, line) in Self.finder.enumerated() {
      #expect(rows[place].hasPrefix(line) && rows[place].hasSuffix(line))
      #expect(rows[width - 7 + place].hasPrefix(line))
    }
    for place in 8..<width - 8 {
      #expect(picture.modules[6 * width + place] == (place % 2 == 0))
      #expect(picture.modules[place * width + 6] == (place % 2 == 0))
    }
    #expect(picture.modules[(width - 8) * width + 8])
  }

  /// A receipt is capitals, digits and dashes: the smallest code, so that the cheapest camera reads it.
  @Test func aReceiptIsTheSmallestCode() throws {
    #expect(try #require(QRPicture("GI-XNBN-QMM2-E")).width == 21)
  }

  @Test func holdsNeitherNothingNorTooMuch() {
    #expect(QRPicture("") == nil)
    #expect(QRPicture("a\u{0}b") == nil)
    #expect(QRPicture(String(repeating: "a", count: 2331)) != nil)
    #expect(QRPicture(String(repeating: "a", count: 2332)) == nil)
  }

  @Test func thePictureShowsTheModules() throws {
    let picture = try #require(QRPicture("GI-XNBN-QMM2-E"))
    var html = HTMLWriter()
    picture.write(to: &html, label: "回执 <码>")
    let page = try ParsedPage(html.markup)
    let svg = try #require(page.all("svg").first)
    #expect(svg.attributes["viewBox"] == "0 0 29 29" && svg.attributes["aria-label"] == "回执 <码>")
    let paper = try #require(page.all("rect").first)
    #expect(paper.attributes["fill"] == "#fff" && paper.attributes["width"] == "29")
    var drawn = [Bool](repeating: false, count: 29 * 29)
    let path = try #require(page.all("path").first?.attributes["d"])
    for run in path.split(separator: "M") {
      let numbers = run.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
      try #require(numbers.count == 5 && numbers[2] == numbers[4])
      for column in numbers[0]..<numbers[0] + numbers[2] { drawn[numbers[1] * 29 + column] = true }
    }
    for row in 0..<29 {
      for column in 0..<29 {
        let isInside = (4..<25).contains(row) && (4..<25).contains(column)
        #expect(drawn[row * 29 + column] == (isInside && picture.modules[(row - 4) * 21 + column - 4]))
      }
    }
  }

  private static let reader = ["/usr/bin/zbarimg", "/usr/local/bin/zbarimg", "/opt/homebrew/bin/zbarimg"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Read back by a program that is not ours, where there is one.
  @Test(
    .enabled(if: reader != nil, "zbarimg is not here"),
    arguments: ["GI-0123-4567-8", "https://gi.example.cn/a/ARUB8Yvp2AYAB2hvdXNpbmcGNDMwNzI0kqSOr1a_eXPtSB8teL_2bVEEh7FSWwU"])
  func isReadBack(_ text: String) throws {
    let picture = try #require(QRPicture(text))
    let folder = try TemporaryFolder()
    let (scale, border) = (6, QRPicture.quietZone)
    let side = (picture.width + 2 * border) * scale
    var image = Data("P5\n\(side) \(side)\n255\n".utf8)
    for row in 0..<side {
      for column in 0..<side {
        let (y, x) = (row / scale - border, column / scale - border)
        let isInside = (0..<picture.width).contains(y) && (0..<picture.width).contains(x)
        image.append(isInside && picture.modules[y * picture.width + x] ? 0 : 255)
      }
    }
    try image.write(to: URL(fileURLWithPath: folder.path("code.pgm")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.reader))
    process.arguments = ["-q", "--raw", folder.path("code.pgm")]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == text + "\n")
  }
}
