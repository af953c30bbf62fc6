import Console
import Foundation
import Intake
import Suggestions

/// A form profile that is being written: checked as all profiles are, and tried on a sample without keeping anything.
struct ProfileTrial {
  let common: CommonOptions
  let language: ConsoleLanguage

  private var messages: Messages { Messages(language: Language(language)) }

  /// The profile, or what is wrong with it in sentences.
  func profile(_ yaml: String) -> (profile: FormProfile?, name: String, problems: [String]) {
    let bytes = Array(yaml.utf8)
    let name = ProfileTrial.name(in: yaml)
    do throws(ProfileFault) {
      let profile = try FormProfile(yaml: bytes, file: name + ".yaml")
      return (profile, profile.name, ProfileTrial.isName(profile.name) ? [] : [badName])
    } catch {
      return (nil, name, error.problems.map { messages.profile($0) })
    }
  }

  private var badName: String {
    messages(
      "档案名只能用小写字母、数字和连字符，1 到 40 个。", "A profile's name is 1 to 40 small letters, digits and hyphens.")
  }

  func trial(_ yaml: String, on sample: [UInt8]) -> ProfileServices.Trial {
    let (profile, name, problems) = profile(yaml)
    var trial = ProfileServices.Trial(problems: problems, name: name, read: 0, faults: [], filled: [])
    guard let profile, problems.isEmpty else { return trial }
    let reader = RecordReader(profile: profile, sourceOverride: nil)
    var batch = DraftBatch()
    sample.withUnsafeBytes { reader.feed($0, into: &batch) }
    reader.finish(into: &batch)
    trial.read = batch.drafts.count
    trial.faults = batch.setAside.prefix(20).map(IntakeJob.Fault.init)
    let mapped = profile.mappings.map(\.field)
    for field in mapped {
      let count = batch.drafts.count { $0[field].isPresent && !$0[field].isEmpty }
      trial.filled.append(ProfileServices.Trial.Filled(field: field.name, count: count))
    }
    return trial
  }

  /// Never over another one: a form that changed gets a new name, or is changed where its history is kept.
  func save(_ yaml: String) -> ProfileServices.Refusal? {
    let (profile, _, problems) = profile(yaml)
    guard let profile, problems.isEmpty else { return .problems(problems) }
    let path = "\(common.rulesFolder)/profiles/\(profile.name).yaml"
    guard !FileManager.default.fileExists(atPath: path) else { return .taken }
    do {
      // Made aside and renamed: another reader of the folder sees it whole or not at all.
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      return nil
    } catch {
      return .unwritable
    }
  }

  /// What the first line that names one says; a file is called by it.
  private static func name(in yaml: String) -> String {
    for line in yaml.split(whereSeparator: \.isNewline) where line.hasPrefix("profile:") {
      let value = line.dropFirst("profile:".count).trimmingCharacters(in: .whitespaces)
      return value.trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
    }
    return "profile"
  }

  private static func isName(_ name: String) -> Bool {
    (1...40).contains(name.utf8.count) && name.first != "-"
      && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}

extension IntakeJob.Fault {
  init(_ entry: SetAside) {
    self.init(
      record: entry.position.ordinal, line: entry.faultLine, column: entry.faultColumn, reason: entry.reason.code,
      detail: entry.reason.detail)
  }
}

extension Messages {
  /// One thing wrong with a form profile, in a sentence.
  func profile(_ problem: ProfileProblem) -> String {
    self("第 \(problem.line) 行：", "line \(problem.line): ") + words(problem.fact)
  }

  private func words(_ fact: ProfileProblem.Fact) -> String {
    switch fact {
    case .notUTF8: self("不是 UTF-8", "not UTF-8")
    case .notYAML(let words): self("YAML 语法：\(words)", "YAML syntax: \(words)")
    case .missingKey(let key): self("缺少 \(key)", "\(key) is missing")
    case .unknownKey(let key): self("不认识的键 \(key)", "unknown key \(key)")
    case .repeatedKey(let key): self("\(key) 写了两次", "\(key) is there twice")
    case .wrongType(let key, let expected): self("\(key) 应为 \(expected)", "\(key) must be a \(expected)")
    case .nameDiffersFromFile(let name, _): self("档案名 \(name) 不能当文件名", "the name \(name) is no name for a file")
    case .unknownFormat(let name): self("不认识的格式 \(name)", "unknown format \(name)")
    case .unknownField(let name): self("没有标准字段 \(name)", "there is no standard field \(name)")
    case .unknownZone(let name): self("不认识的时区 \(name)", "unknown zone \(name)")
    case .unreadableDatePattern(let text): self("日期写法看不懂：\(text)", "unreadable date pattern \(text)")
    case .unreadablePath(let key, let path): self("\(key) 的路径看不懂：\(path)", "unreadable path for \(key): \(path)")
    case .unknownCode(let key, let code): self("\(key) 没有代码 \(code)", "\(key) has no code \(code)")
    case .unmappedField(let key, let field): self("\(key) 里的 \(field) 没有对应的字段", "\(field) under \(key) is mapped from nothing")
    }
  }
}
