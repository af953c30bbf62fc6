/// What is wrong with a digest template: everything at once, each with its file and line.
package struct DigestTemplateFault: Error, Sendable, Hashable {
  package struct Problem: Sendable, Hashable {
    /// Name of the file in the template's folder.
    package var file: String
    /// From 1; 0 for the whole file.
    package var line: Int
    package var fact: Fact

    package init(file: String, line: Int, fact: Fact) {
      self.file = file
      self.line = line
      self.fact = fact
    }
  }

  package enum Fact: Sendable, Hashable {
    case missingFile
    case notUTF8
    /// `{{` without its end.
    case unfinishedTag
    case unknownName(String)
    /// A section of a name that is closed by another one, or by none.
    case unfinishedSection(String)
    case closesNothing(String)
    case unknownPart(String)
    /// A part that leads back to itself.
    case circularPart(String)
    /// 文字 stands in two braces, so that it is escaped.
    case rawText(String)
    /// 图 and the seal stand in three.
    case escapedMarkup(String)
    /// Delimiters, blocks, inheritance, content types, transforms.
    case forbiddenTag(String)
    /// The first tag is `{{{seal}}}`, so that every issue says where it comes from before anybody else speaks.
    case sealMissing
    /// Scripts, frames, forms, and what is fetched from elsewhere.
    case activeContent(String)
    case unfinishedPair
    case missingLanguage
    /// As the template engine puts it.
    case syntax(String)
  }

  package var problems: [Problem]

  package init(problems: [Problem]) { self.problems = problems }
}
