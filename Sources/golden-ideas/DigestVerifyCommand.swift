import ArgumentParser
import Casework
import Foundation
import Publishing
import Store
import Suggestions

/// What an issue was made from, whether it is as it was made, and whether the store would make it again.
struct DigestVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "核对一期：由哪个存储状态、规则、模板做出，改没改过，重做是否相同 / which store, rules and template made an issue; whether it is intact and comes out the same")
  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("月报文件，csv 的文件夹或其 manifest.csv / the issue; of csv the folder or its manifest.csv", valueName: "file"))
  var file: String
  @Option(help: ArgumentHelp("做的时候用的编辑文件 / the editor's changes it was made with", valueName: "file"))
  var editing: String?

  func run() throws {
    let kept = try DigestKept(file, common.messages)
    let finding = try finding(kept)
    if common.json {
      common.printJSON { write(kept, finding, to: &$0) }
    } else {
      print(lines(kept, finding).joined(separator: "\n"))
    }
    guard kept.isIntact, finding == .same || finding == .moved else { throw Outcome.findings() }
  }

  /// What making it again says.
  private enum Finding: Equatable {
    case same
    /// The store has gone on since; its history still has the state the issue was made from.
    case moved
    /// The store's history never had that state.
    case otherStore
    /// Its template, rules or edits are others now.
    case others([String])
    /// Something else differs: the file, and the first line of it.
    case differs(String, line: Int)

    var code: String {
      switch self {
      case .same: "same"
      case .moved: "moved"
      case .otherStore: "other-store"
      case .others: "others"
      case .differs: "differs"
      }
    }
  }

  private func finding(_ kept: DigestKept) throws -> Finding {
    let store = try common.openStore(.existing)
    let (state, hash) = try common.onStore { () throws(StoreFault) in
      (try store.digestState(), try store.eventHash(kept.seal.state.event))
    }
    guard kept.seal.state.event == 0 || hash == kept.seal.state.head else { return .otherStore }
    guard state.head.event == kept.seal.state.event else { return .moved }
    var options = try DigestOptions.parse(["--template", kept.seal.template] + (editing.map { ["--editing", $0] } ?? []))
    options.moment = CaseMoment(rawValue: kept.seal.moment) ?? .submitted
    guard let format = DigestFormat(rawValue: kept.seal.format) else { return .differs(file, line: 1) }
    let making = try DigestMaking(common, options)
    let made = try making.make(
      kept.seal.month, format, options.moment, asOf: kept.seal.asOf, language: kept.seal.language == .zh ? .zh : .en)
    let seal = made.files.compactMap { DigestSeal(in: $0.bytes) }.first
    var others: [String] = []
    if seal?.templateDigest != kept.seal.templateDigest { others.append("template") }
    if seal?.state.rules != kept.seal.state.rules { others.append("rules") }
    if seal?.editing != kept.seal.editing { others.append("editing") }
    guard others.isEmpty else { return .others(others) }
    for new in made.files {
      guard let old = kept.files.count == 1 ? kept.files.first : kept.files.first(where: { $0.name == new.name }) else {
        return .differs(new.name, line: 1)
      }
      if old.bytes != new.bytes { return .differs(new.name, line: DigestVerifyCommand.line(old.bytes, new.bytes)) }
    }
    return .same
  }

  /// The first line in which two texts differ, but for the seal's own digest.
  private static func line(_ old: [UInt8], _ new: [UInt8]) -> Int {
    let (left, right) = (old.split(separator: 0x0A, omittingEmptySubsequences: false), new.split(separator: 0x0A, omittingEmptySubsequences: false))
    let different = zip(left, right).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    return (different.dropFirst().first ?? different.first ?? min(left.count, right.count)) + 1
  }

  // MARK: words

  private func lines(_ kept: DigestKept, _ finding: Finding) -> [String] {
    let (messages, seal) = (common.messages, kept.seal)
    let changed = kept.changed.isEmpty ? "" : messages("：", ": ") + kept.changed.joined(separator: messages("、", ", "))
    return [
      messages("刊期 \(seal.month.text)，\(seal.format)，截至 \(LocalTime.short(seal.asOf))", "issue of \(seal.month.text), \(seal.format), as of \(LocalTime.short(seal.asOf))"),
      messages("存储 第 \(seal.state.event) 个事件 \(seal.state.head)，来件 \(seal.state.submissions) 条", "store at event \(seal.state.event) \(seal.state.head), \(seal.state.submissions) submissions"),
      messages("规则 \(seal.state.rules)，模板 \(seal.template) \(seal.templateDigest)", "rules \(seal.state.rules), template \(seal.template) \(seal.templateDigest)"),
      kept.isIntact
        ? messages("内容与封记一致", "its content is that of its seal")
        : messages("内容与封记不符，做好以后被改过\(changed)", "its content is not that of its seal: it was changed after it was made\(changed)"),
      words(finding),
    ]
  }

  private func words(_ finding: Finding) -> String {
    let messages = common.messages
    switch finding {
    case .same: return messages("用同一存储重做，字节相同", "made again from the same store, every byte is the same")
    case .moved: return messages("存储此后又有变动，没有重做；它的历史里有做这一期时的状态", "the store has gone on since, so it was not made again; its history has the state the issue was made from")
    case .otherStore: return messages("不是由这个存储做的：它的历史里没有那个状态", "it was not made from this store, whose history never had that state")
    case .others(let what):
      let names = what.map { $0 == "template" ? messages("模板", "the template") : $0 == "rules" ? messages("规则", "the rules") : messages("编辑的改动", "the editor's changes") }
      return messages("现在已不同：", "others now: ") + names.joined(separator: messages("、", ", "))
    case .differs(let file, let line): return messages("重做与它不同：\(file) 第 \(line) 行起", "made again it differs: \(file) from line \(line)")
    }
  }

  private func write(_ kept: DigestKept, _ finding: Finding, to json: inout JSONWriter) {
    let seal = kept.seal
    json.field("month", seal.month.text)
    json.field("format", seal.format)
    json.field("language", seal.language.rawValue)
    json.field("on", seal.moment)
    json.field("as_of", LocalTime.rfc3339(seal.asOf))
    json.field("event", seal.state.event)
    json.field("head", seal.state.head)
    json.field("submissions", seal.state.submissions)
    json.field("rules", seal.state.rules)
    json.field("template", seal.template)
    json.field("template_digest", seal.templateDigest)
    json.field("intact", kept.isIntact)
    json.array("changed") { list in for name in kept.changed { list.field(nil, name) } }
    json.field("result", finding.code)
    json.array("others") { list in if case .others(let what) = finding { for one in what { list.field(nil, one) } } }
    if case .differs(let file, let line) = finding {
      json.object("difference") {
        $0.field("file", file)
        $0.field("line", line)
      }
    } else {
      json.null("difference")
    }
  }
}

/// An issue as somebody kept it.
struct DigestKept {
  let seal: DigestSeal
  let files: [DigestBundle.File]
  let isIntact: Bool
  /// Files of a bundle that are not what its manifest says.
  let changed: [String]

  init(_ path: String, _ messages: Messages) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Outcome.notStarted(messages("读不到文件：\(path)", "cannot read \(path)"))
    }
    let url = URL(fileURLWithPath: path)
    let isBundle = isFolder.boolValue || url.lastPathComponent == DigestBundle.manifest
    let folder = isFolder.boolValue ? path : url.deletingLastPathComponent().path
    let names = isBundle ? (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? [] : [path]
    files = names.filter { !isBundle || $0.hasSuffix(".csv") }.compactMap { name in
      FileManager.default.contents(atPath: isBundle ? folder + "/" + name : path).map {
        DigestBundle.File(name: isBundle ? name : url.lastPathComponent, bytes: Array($0))
      }
    }
    let sealed = isBundle ? files.first { $0.name == DigestBundle.manifest } : files.first
    guard let sealed, let seal = DigestSeal(in: sealed.bytes) else {
      throw Outcome.notStarted(messages("\(path) 不是 golden-ideas digest 做的。", "\(path) was not made by golden-ideas digest."))
    }
    self.seal = seal
    let bundle = isBundle ? DigestBundle.changed(in: files) : nil
    changed = bundle?.names ?? []
    isIntact = isBundle ? bundle?.isIntact ?? false && changed.isEmpty : DigestSeal.isIntact(sealed.bytes)
  }
}
