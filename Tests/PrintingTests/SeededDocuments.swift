import Printing
import TestSupport

/// Documents with one text on each of their places, told by numbers from 1.
enum SeededDocuments {
  static let count = 5_000

  static let identifiers = SeededIdentifier.all(count, seed: 7)

  /// What people write around an identifier, and the same with nothing in it.
  static func texts(isClean: Bool) -> [String] {
    let before = ["花溪路路灯不亮，请打", "井盖松动，", "答复如下，", "前言：", "Widen the bay, "]
    let after = ["，谢谢。", "。", "（上午）", " 已办结。", ", please."]
    return identifiers.enumerated().map { index, identifier in
      before[index % 5] + (isClean ? "〔已遮盖〕" : identifier.text) + after[index / 5 % 5]
    }
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  /// Each on a line of its own: in text, attributes, remarks, tables and pictures, as references to characters.
  static func html(_ texts: [String]) -> [UInt8] {
    let lines = texts.enumerated().map { index, text -> String in
      let words = escaped(text)
      return switch index % 8 {
      case 0: "<p>\(words)</p>"
      case 1: "<p title=\"\(words)\">无</p>"
      case 2: "<!-- \(words) -->"
      case 3: "<table><tr><td>\(words)</td><td>12</td></tr></table>"
      case 4: "<svg role=\"img\" aria-label=\"\(words)\"><text>图</text></svg>"
      case 5: "<p>" + words.unicodeScalars.map { "&#x\(String($0.value, radix: 16));" }.joined() + "</p>"
      case 6: "<p>" + text.map { "<b>\(escaped(String($0)))</b>" }.joined() + "</p>"
      default: "<a href=\"https://example.org/?q=\(percentEncoded(text))\">链接</a>"
      }
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  static func percentEncoded(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static func page(_ texts: [String]) -> [UInt8] {
    let paragraphs = texts.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n")
    let style = "@page{size:A4;margin:15mm}p{margin:0;font-size:9pt;line-height:1.4}"
    let head = "<head><meta charset=\"utf-8\"><title>月报</title><style>\(style)</style></head>"
    return Array("<!DOCTYPE html><html lang=\"zh\">\(head)<body>\(paragraphs)</body></html>".utf8)
  }

  static func csv(_ texts: [String]) -> [UInt8] {
    Array(texts.map { "1,\"\($0.replacing("\"", with: "\"\""))\",2" }.joined(separator: "\r\n").utf8)
  }

  static func jsonLines(_ texts: [String]) -> [UInt8] {
    let lines = texts.enumerated().map { index, text -> String in
      let words =
        index % 2 == 0 ? text : text.utf16.map { "\\u" + String(0x10000 + UInt32($0), radix: 16).dropFirst() }.joined()
      return index % 3 == 0 ? "{\"\(words)\":[12,34,138]}" : "{\"a\":[{\"b\":\"\(words)\"}]}"
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  static func markdown(_ texts: [String]) -> [UInt8] {
    let lines = texts.enumerated().map { index, text -> String in
      switch index % 4 {
      case 0: "- \(text)"
      case 1: "| 1 | \(text) | 12 |"
      case 2: "- **\(text.prefix(text.count / 2))**\(text.suffix(text.count - text.count / 2))"
      default: "- <b title=\"\(text)\">无</b>"
      }
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  static func workbook(_ texts: [String]) -> Workbook {
    // Each text with its number, as of equal ones only the first cell is told.
    let rows = texts.enumerated().map {
      [Workbook.Cell.integer($0), .text("\($0)：\($1)"), .share(0.5), .suppressed, .day(20_000)]
    }
    let columns = [Workbook.Column("序号"), Workbook.Column("内容", width: 60), Workbook.Column("率"), Workbook.Column("少")]
    return Workbook(
      title: "月报", author: "金点子", sheets: [Workbook.Sheet(name: "明细", columns: columns, rows: rows)],
      instant: 1_754_000_000)
  }
}
