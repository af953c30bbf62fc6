/// Whether Markdown is whole in itself: no pictures, whose files pandoc would read.
enum MarkdownReach {
  static func firstLine(in text: [UInt8]) -> Int? {
    var line = 1
    for index in text.indices {
      if text[index] == 0x0A { line += 1 }
      let isPicture = text[index] == UInt8(ascii: "!") && index + 1 < text.count && text[index + 1] == UInt8(ascii: "[")
      if isPicture, index == 0 || text[index - 1] != UInt8(ascii: "\\") { return line }
    }
    return nil
  }
}
