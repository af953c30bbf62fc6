import Console
import Foundation
import Rules
import Store
import Suggestions
import Text

/// Changes a keyword file of the rules folder: reads it, checks a draft of it, and puts the draft into force.
struct RuleEnforcing: Sendable {
  let folder: String
  let book: PresentBook
  let open: @Sendable () throws(StoreFault) -> SuggestionStore

  // MARK: Files

  /// Nil where there is no keyword file of that name, and for what is no name of one; the file of proposed rules may be
  /// made anew.
  func file(_ name: String) -> RuleFileText? {
    guard let files = RuleFolder.files(in: folder) else { return nil }
    let path = "keywords/" + name
    if let file = files.first(where: { $0.path == path }) { return RuleEnforcing.text(file, name) }
    return path == DecisionLearning.file ? RuleFileText(name: name, text: "", fingerprint: "") : nil
  }

  private static func text(_ file: RuleFile, _ name: String) -> RuleFileText {
    RuleFileText(
      name: name, text: String(decoding: file.bytes, as: UTF8.self), fingerprint: fingerprint(of: file.bytes))
  }

  static func fingerprint(of bytes: [UInt8]) -> String { String(TextHash.of(bytes.span.bytes), radix: 16) }

  /// The files of the folder with the draft among them; nil where there is no book.
  func files(with draft: RuleDraft) -> [RuleFile]? {
    let path = "keywords/" + draft.name
    let changed = RuleFile(path: path, bytes: Array(draft.text.utf8))
    guard let files = RuleFolder.files(in: folder) else { return nil }
    return files.contains { $0.path == path }
      ? files.map { $0.path == path ? changed : $0 } : files + [changed]
  }

  // MARK: Checking

  /// What `rules check` says of the book with the draft in it.
  func check(_ draft: RuleDraft, _ messages: Messages) -> RuleCheck { checked(draft, messages).check }

  func checked(_ draft: RuleDraft, _ messages: Messages) -> (check: RuleCheck, book: RuleBook?) {
    guard let files = files(with: draft) else {
      let remark = RuleRemark(file: "book.yaml", line: 0, text: messages.noRules(folder), isWarning: false)
      return (RuleCheck(version: nil, rules: 0, examples: 0, remarks: [remark], otherChanges: []), nil)
    }
    var problems: [RuleProblem] = []
    var compiled: RuleBook?
    do throws(RuleBookFault) {
      let book = try RuleBook(files: files)
      problems = book.warnings + book.expired(on: LocalTime.today) + book.failingExamples()
      compiled = book
    } catch {
      problems = error.problems
    }
    let remarks = RuleRemark.remarks(problems, messages)
    let check = RuleCheck(
      version: compiled?.version, rules: compiled?.rules.count ?? 0, examples: compiled?.exampleCount ?? 0,
      remarks: remarks.filter { !$0.isWarning } + remarks.filter(\.isWarning),
      otherChanges: otherChanges(files, than: "keywords/" + draft.name))
    return (check, check.isSound ? compiled : nil)
  }

  private func otherChanges(_ files: [RuleFile], than path: String) -> [String] {
    let present = Dictionary(uniqueKeysWithValues: book.book.files.map { ($0.path, $0.bytes) })
    let changed = files.filter { $0.path != path && present[$0.path] != $0.bytes }.map(\.path)
    let paths = Set(files.map(\.path))
    return (changed + present.keys.filter { $0 != path && !paths.contains($0) }).sorted()
  }

  // MARK: Into force

  /// Compiles once more, as other files may have changed since the draft was tried, then writes the file, keeps both
  /// books, tells the history, and has the server judge by the new one.
  func enforce(_ draft: RuleDraft, _ act: StaffAct, _ messages: Messages) throws(StoreFault) -> RuleEnforcement {
    guard let file = file(draft.name) else { return .unwritable(path: draft.name) }
    if file.fingerprint != draft.base { return .changed(file) }
    let (check, compiled) = checked(draft, messages)
    guard let next = compiled else { return .faulty(check) }
    let before = book.book
    if next.version == before.version { return .same }
    let path = folder + "/keywords/" + draft.name
    let change = RuleBookChange(
      from: (before.version, before.files.map { ($0.path, $0.bytes) }),
      to: (next.version, next.files.map { ($0.path, $0.bytes) }), file: "keywords/" + draft.name)
    var refusal = RuleEnforcement.unwritable(path: path)
    let old = FileManager.default.contents(atPath: path)
    let store = try open()
    defer { try? store.close() }
    let isDone = try store.enforce(change, by: act) {
      guard let present = self.file(draft.name), present.fingerprint == draft.base else {
        refusal = self.file(draft.name).map(RuleEnforcement.changed) ?? refusal
        return false
      }
      return RuleEnforcing.write(Data(draft.text.utf8), to: path)
    } takeBack: {
      if let old {
        _ = RuleEnforcing.write(old, to: path)
      } else {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
    guard isDone else { return refusal }
    book.take(next)
    return .done(version: next.version)
  }

  /// Beside its place, under a name no rule folder reads, then moved there whole.
  private static func write(_ bytes: Data, to path: String) -> Bool {
    let unfinished = path + ".new"
    let manager = FileManager.default
    do {
      try bytes.write(to: URL(fileURLWithPath: unfinished))
      if let mode = try? manager.attributesOfItem(atPath: path)[.posixPermissions] {
        try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: unfinished)
      }
    } catch {
      try? manager.removeItem(atPath: unfinished)
      return false
    }
    return DurableFile.move(unfinished, to: path)
  }
}

extension RuleRemark {
  static func remarks(_ problems: [RuleProblem], _ messages: Messages) -> [RuleRemark] {
    problems.map { RuleRemark(file: $0.file, line: $0.line, text: messages.words($0.fault), isWarning: $0.isWarning) }
  }
}
