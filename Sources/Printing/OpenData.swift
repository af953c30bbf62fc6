internal import Suggestions

/// Published suggestions as open data: CSV (RFC 4180), JSON Lines, and the dictionary that says what a column means.
package struct OpenData: Sendable {
  package let licence: PublishedLicence
  private let suggestions: [PublishedSuggestion]
  private let tombstones: [PublishedTombstone]

  /// Ordered by id, so that equal content gives equal bytes.
  package init(
    _ suggestions: [PublishedSuggestion], tombstones: [PublishedTombstone] = [], licence: PublishedLicence
  ) {
    self.licence = licence
    self.suggestions = suggestions.sorted { $0.id < $1.id }
    self.tombstones = tombstones.sorted { ($0.withdrawn, $0.id) < ($1.withdrawn, $1.id) }
  }

  /// UTF-8 with the mark spreadsheets know it by; cells they would calculate stand behind an apostrophe.
  package var csv: [UInt8] {
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    func line(_ cells: [String]) { bytes += Array((cells.map(OpenData.quoted).joined(separator: ",") + "\r\n").utf8) }
    line(OpenDataField.allCases.map(\.rawValue))
    for suggestion in suggestions {
      line(
        OpenDataField.allCases.map { field in
          switch field.value(of: suggestion) {
          case .text(let text): InertCell.text(text)
          case .number(let number): String(number)
          case .none: ""
          }
        })
    }
    return bytes
  }

  /// One object a line; then one `{"id":…,"withdrawn_at":…}` for each suggestion that was published and is no more.
  package var jsonLines: [UInt8] {
    var json = JSONWriter()
    for suggestion in suggestions {
      json.object { json in
        for field in OpenDataField.allCases {
          switch field.value(of: suggestion) {
          case .text(let text): json.field(field.rawValue, text)
          case .number(let number): json.field(field.rawValue, number)
          case .none: json.null(field.rawValue)
          }
        }
      }
      json.newline()
    }
    for stone in tombstones {
      json.object {
        $0.field("id", stone.id)
        $0.field("withdrawn_at", PublishedMoment.text(stone.withdrawn))
      }
      json.newline()
    }
    return json.bytes
  }

  /// `id,withdrawn_at`.
  package var withdrawnCSV: [UInt8] {
    let lines = tombstones.map { "\(OpenData.quoted(InertCell.text($0.id))),\(PublishedMoment.text($0.withdrawn))\r\n" }
    return [0xEF, 0xBB, 0xBF] + Array(("id,withdrawn_at\r\n" + lines.joined()).utf8)
  }

  /// For the foot of a page and the head of a bundle.
  package var licenceLine: String {
    "数据许可 Licence: \(licence.name), \(licence.address)"
  }

  /// What each column is, and under which licence it may be used, as JSON.
  package var dictionary: [UInt8] {
    var json = JSONWriter(indented: true)
    json.object { json in
      json.object("licence") {
        $0.field("name", licence.name)
        $0.field("url", licence.address)
      }
      json.field("encoding", "UTF-8")
      json.field("suggestions", suggestions.count)
      json.field("withdrawn", tombstones.count)
      json.array("fields") { json in
        for field in OpenDataField.allCases {
          json.object {
            $0.field("name", field.rawValue)
            $0.field("type", field.type)
            $0.field("zh", field.meaning.zh)
            $0.field("en", field.meaning.en)
          }
        }
      }
    }
    json.newline()
    return json.bytes
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) || cell.first == " " || cell.last == " "
    else {
      return cell
    }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
