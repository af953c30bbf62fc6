internal import Mustache
internal import Suggestions

/// 模板: a folder of `rules/digest`, read and checked: `page.html`, `page.md`, their parts and `style.css`. An editor
/// changes it without touching the program; what it names and does not get is told before anything is printed.
package struct DigestTemplate: Sendable {
  package let name: String
  /// Of all its files and their names.
  package let digest: String
  let style: String
  private let libraries: [String: MustacheLibrary]

  package enum Page: String, CaseIterable, Sendable {
    case html = ".html"
    case markdown = ".md"
  }

  /// - Parameters:
  ///   - name: of its folder.
  ///   - files: bytes by name.
  package init(name: String, files: [String: [UInt8]]) throws(DigestTemplateFault) {
    self.name = name
    var texts: [String: String] = [:]
    var problems: [DigestTemplateFault.Problem] = []
    var writer = PackedWriter()
    for (file, bytes) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      Array(file.utf8).withUnsafeBufferPointer { writer.text($0) }
      bytes.withUnsafeBufferPointer { writer.text($0) }
      texts[file] = String(validating: bytes, as: UTF8.self)
      if texts[file] == nil { problems.append(.init(file: file, line: 0, fact: .notUTF8)) }
    }
    digest = DigestSeal.digest(writer.bytes)
    style = texts["style.css"] ?? ""
    if files["style.css"] == nil { problems.append(.init(file: "style.css", line: 0, fact: .missingFile)) }
    problems += ActiveContent.problems(of: texts)
    for page in Page.allCases {
      var reading = TemplateReading(texts, ending: page.rawValue)
      reading.read(DigestPlaces<DigestPage>.page.names)
      problems += reading.problems
    }
    guard problems.isEmpty else { throw DigestTemplateFault(problems: problems) }
    libraries = try DigestTemplate.libraries(texts)
  }

  private static func libraries(_ texts: [String: String]) throws(DigestTemplateFault) -> [String: MustacheLibrary] {
    // The engine's own escaping goes by grapheme and is not safe; parts begin with it, so each file says its own.
    MustacheContentTypes.register(PageText(), named: "DIGEST-HTML")
    MustacheContentTypes.register(MarkdownText(), named: "DIGEST-MARKDOWN")
    var libraries: [String: MustacheLibrary] = [:]
    var problems: [DigestTemplateFault.Problem] = []
    for page in Page.allCases {
      let type = page == .html ? "DIGEST-HTML" : "DIGEST-MARKDOWN"
      for language in DigestLanguage.allCases {
        var library = MustacheLibrary()
        for (file, text) in texts where file.hasSuffix(page.rawValue) {
          do {
            let own = try LanguagePairs.text(text, first: language == .zh)
            try library.register("{{% CONTENT_TYPE:\(type)}}" + own, named: String(file.dropLast(page.rawValue.count)))
          } catch {
            let problem = DigestTemplate.problem(error, in: file)
            if !problems.contains(problem) { problems.append(problem) }
          }
        }
        libraries[key(page, language)] = library
      }
    }
    guard problems.isEmpty else {
      throw DigestTemplateFault(problems: problems.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
    }
    return libraries
  }

  private static func problem(_ error: any Error, in file: String) -> DigestTemplateFault.Problem {
    if let fault = error as? LanguagePairs.Fault {
      return .init(file: file, line: fault.line, fact: fault.pair == nil ? .unfinishedPair : .missingLanguage)
    }
    let place = (error as? MustacheTemplate.ParserError)?.context.lineNumber ?? 0
    let reason = (error as? MustacheTemplate.ParserError).map { "\($0.error)" } ?? "\(error)"
    return .init(file: file, line: place, fact: .syntax(reason))
  }

  private static func key(_ page: Page, _ language: DigestLanguage) -> String { page.rawValue + language.rawValue }

  func render(_ page: Page, _ value: DigestValue, in language: DigestLanguage) -> String {
    libraries[DigestTemplate.key(page, language)]?.render(value, withTemplate: "page") ?? ""
  }
}

/// Text of a page.
private struct PageText: MustacheContentType {
  func escapeText(_ text: String) -> String { HTMLEscaping.escaped(text) }
}

/// Scripts, frames and what is fetched from elsewhere: an issue is one file that asks nobody for anything.
private enum ActiveContent {
  private static let ofPages = ["<script", "<iframe", "<object", "<embed", "<form", "<base", "<link", "<img", "javascript:", " on"]
  private static let ofSheets = ["@import", "url(", "</", "expression("]

  static func problems(of texts: [String: String]) -> [DigestTemplateFault.Problem] {
    texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { file, text in
      let isSheet = file.hasSuffix(".css")
      return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
        found(in: line.lowercased(), isSheet: isSheet).map {
          DigestTemplateFault.Problem(file: file, line: number + 1, fact: .activeContent($0))
        }
      }
    }
  }

  private static func found(in line: String, isSheet: Bool) -> [String] {
    (isSheet ? ofSheets : ofPages).compactMap { word in
      guard let range = line.firstRange(of: word) else { return nil }
      guard word == " on" else { return word }
      // ` onclick=` is a handler, ` on time` is not.
      let rest = line[range.upperBound...]
      let name = rest.prefix { $0.isASCII && $0.isLetter }
      return !name.isEmpty && rest.dropFirst(name.count).first == "=" ? "on" + name + "=" : nil
    }
  }
}
