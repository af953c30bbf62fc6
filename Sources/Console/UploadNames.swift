/// What uploaded files are called on pages and in the history: what the browser says, made harmless, each name once.
package enum UploadNames {
  /// Scalars of a name at most.
  private static let most = 120

  package static func names(of files: [UploadedFile]) -> [String] {
    var used: Set<String> = []
    return files.map { file in
      let name = shown(file.name)
      var unique = name
      var number = 2
      while !used.insert(unique).inserted {
        unique = "\(name) (\(number))"
        number += 1
      }
      return unique
    }
  }

  /// Without the folders some browsers tell, without what turns or hides the rest of a line.
  static func shown(_ name: String) -> String {
    let last = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? []
    let kept = last.filter {
      ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned].contains(
        $0.properties.generalCategory)
    }
    let text = String(String.UnicodeScalarView(kept.prefix(most))).split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    return text.isEmpty || text == "." || text == ".." ? "file" : text
  }
}
