import Foundation
import Printing
import Publishing

/// An issue's last way out: turned into the formats converters make, and read again to its last byte before anything is
/// written.
struct DigestPrinting {
  private let messages: Messages
  private let conversion = Conversion()
  private let gate: PublicationGate

  /// - Parameter folder: of the rules; `digest/allowed.txt` in it names what looks like somebody's and is everybody's.
  init(_ messages: Messages, rules folder: String) throws {
    self.messages = messages
    let path = folder + "/digest/allowed.txt"
    var phrases: [String] = []
    if FileManager.default.fileExists(atPath: path) {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw Outcome.notStarted(messages("读不到文件：\(path)", "cannot read \(path)"))
      }
      phrases = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && !$0.hasPrefix(";") }
    }
    gate = PublicationGate(conversion, allowed: GateAllowance(phrases))
  }

  /// - Parameter issue: what the page was made of, for the sheets of a workbook.
  func printed(
    _ format: DigestFormat, of document: DigestDocument, _ issue: DigestIssue, in language: DigestLanguage
  ) throws -> [UInt8] {
    do throws(PrintingFault) {
      switch format {
      case .pdf: return try PagePrinting(conversion).pdf(of: document.html, instant: issue.asOf)
      case .docx: return try WordPrinting(conversion).docx(of: .html(document.html), instant: issue.asOf)
      case .xlsx: return try DigestWorkbook(issue: issue, language: language).workbook.xlsx()
      case .html: return document.html
      case .md: return document.markdown
      case .json: return document.json
      case .csv: return []
      }
    } catch {
      throw Outcome.notStarted(messages.printing(error))
    }
  }

  /// Ends the command where something must not be public, and says where it stands.
  func pass(_ files: [DigestBundle.File]) throws {
    for file in files {
      guard let format = PrintFormat(fileName: file.name) else { throw Outcome.notStarted(messages.unknownPrint(file.name)) }
      let outcome: PublicationGate.Outcome
      do throws(PrintingFault) {
        outcome = try gate.judge(PrintedDocument(name: file.name, format: format, bytes: file.bytes))
      } catch {
        throw Outcome.notStarted(messages.printing(error))
      }
      if case .refused(let findings) = outcome { throw Outcome.findings(messages.gate(findings)) }
    }
  }
}

extension Messages {
  fileprivate func unknownPrint(_ name: String) -> String {
    self("\(name)：不认识的格式，查不了里面有没有个人信息。", "\(name): a format that cannot be read for personal data.")
  }
}
