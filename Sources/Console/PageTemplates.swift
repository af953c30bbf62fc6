internal import Mustache
internal import Suggestions

/// The pages' templates, once in each language.
///
/// A template says both languages beside each other, `[[待审核|Review queue]]`; loading takes one of the two. So a
/// sentence is never without its translation, and a translator needs no list of keys.
package struct PageTemplates: Sendable {
  private let libraries: [ConsoleLanguage: MustacheLibrary]

  /// What is wrong with a template; none of it comes from outside, so it is found by the tests.
  package enum Fault: Error, Sendable, Hashable {
    case unfinishedPair(template: String)
    case missingLanguage(template: String, pair: String)
    case syntax(template: String, reason: String)
  }

  /// - Parameter texts: templates by name.
  package init(_ texts: [String: String]) throws(Fault) {
    // The engine's name for its own, unsafe, escaping is given to ours: one that is forgotten is safe all the same.
    MustacheContentTypes.register(HTMLText(), named: "PAGE")
    var libraries: [ConsoleLanguage: MustacheLibrary] = [:]
    for language in ConsoleLanguage.allCases {
      var library = MustacheLibrary()
      for (name, text) in texts {
        let own = try PageTemplates.text(text, in: language, template: name)
        do {
          try library.register("{{% CONTENT_TYPE:PAGE}}" + own, named: name)
        } catch {
          throw .syntax(template: name, reason: "\(error)")
        }
      }
      libraries[language] = library
    }
    self.libraries = libraries
  }

  /// Nil where there is no such template.
  package func render(_ name: String, _ value: PageValue, in language: ConsoleLanguage) -> String? {
    libraries[language]?.render(value, withTemplate: name)
  }

  /// One language of a text that says both.
  static func text(_ text: String, in language: ConsoleLanguage, template: String) throws(Fault) -> String {
    do throws(LanguagePairs.Fault) {
      return try LanguagePairs.text(text, first: language == .zh)
    } catch {
      throw error.pair.map { .missingLanguage(template: template, pair: $0) } ?? .unfinishedPair(template: template)
    }
  }
}
