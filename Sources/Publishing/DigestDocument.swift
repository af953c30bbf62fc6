/// 成品: an issue in one format, sealed. The same issue, template and language give the same bytes, whoever makes them.
package struct DigestDocument: Sendable {
  private let issue: DigestIssue
  private let template: DigestTemplate
  private let editing: DigestEditing
  private let language: DigestLanguage

  /// - Parameters:
  ///   - editing: what was laid over the issue, for its seal.
  ///   - language: what pages are written in.
  package init(
    _ issue: DigestIssue, by template: DigestTemplate, edited editing: DigestEditing = DigestEditing(),
    in language: DigestLanguage = .zh
  ) {
    self.issue = issue
    self.template = template
    self.editing = editing
    self.language = language
  }

  package var html: [UInt8] { page(.html) }
  package var markdown: [UInt8] { page(.markdown) }
  package var json: [UInt8] { DigestSeal.sealed(DigestJSON(issue: issue, seal: seal("json")).bytes) }
  package var csv: DigestBundle { DigestBundle(issue, seal("csv")) }

  private func seal(_ format: String) -> DigestSeal {
    DigestSeal(
      issue, template: template.name, templateDigest: template.digest, editing: editing, language: language,
      format: format)
  }

  private func page(_ kind: DigestTemplate.Page) -> [UInt8] {
    let page = DigestPage(issue: issue, seal: seal(String(kind.rawValue.dropFirst())), style: template.style)
    let words = DigestWords(language: language, isPage: kind == .html)
    let text = template.render(kind, DigestPlaces<DigestPage>.page.value(page, words), in: language)
    return DigestSeal.sealed(Array(text.utf8))
  }
}
