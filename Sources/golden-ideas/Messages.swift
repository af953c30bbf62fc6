import Evaluation
import Intake
import Pipeline
import Rules
import Store
import Suggestions

/// Every sentence the command line says about what went wrong or where it stands. Faults carry facts; here they become
/// Chinese or English, always with what to do next, never with a citizen's words.
struct Messages {
  let language: Language

  func callAsFunction(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  // MARK: Progress

  func rate(records: Int, perSecond: Int) -> String {
    self("已读 \(grouped(records)) 条，每秒 \(grouped(perSecond)) 条", "\(grouped(records)) records, \(grouped(perSecond))/s")
  }

  func timeLeft(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60
      ? self("还需 \(whole) 秒", "\(whole) s left") : self("还需 \(whole / 60) 分 \(whole % 60) 秒", "\(whole / 60) min \(whole % 60) s left")
  }

  func grouped(_ number: Int) -> String {
    var digits = Array(String(abs(number)))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
  }

  func passedOver(_ files: [String]) -> String {
    self(
      "目录里有 \(files.count) 个文件不是表单（按扩展名），未读：\(files.prefix(5).joined(separator: "、"))\(files.count > 5 ? " 等" : "")",
      "\(files.count) files in the folders are no forms by their ending and were not read: \(files.prefix(5).joined(separator: ", "))\(files.count > 5 ? ", …" : "")")
  }

  // MARK: Input

  func input(_ fault: InputFiles.Fault, known profiles: [FormProfile]) -> String {
    switch fault {
    case .missing(let path):
      return self("找不到文件：\(path)。请检查路径。", "no such file: \(path). Check the path.")
    case .unreadable(let path):
      return self("文件打不开：\(path)。请检查权限。", "cannot read \(path). Check its permissions.")
    case .unknownFormat("-", _):
      return self("标准输入无法自动识别，请用 --profile 指定表单档案。", "standard input cannot be looked at twice: name its form with --profile.")
    case .unknownFormat(let path, let closest):
      var lines = [self("认不出这个文件的表单：\(path)。没有收进任何文件。", "unknown form: \(path). Nothing was taken in.")]
      for (index, mismatch) in closest.prefix(3).enumerated() {
        let expected = mismatch.expected.joined(separator: self("、", ", "))
        let found = mismatch.found.isEmpty ? self("无", "nothing") : mismatch.found.prefix(8).joined(separator: self("、", ", "))
        lines.append(
          (index == 0 ? self("  最接近的是 ", "  closest: ") : self("  其次 ", "  then: ")) + mismatch.profile
            + self("：需要 \(expected)；文件里有 \(found)", ": wants \(expected); the file has \(found)"))
      }
      lines.append(self("  已有的表单档案：", "  known profiles: ") + profiles.map(\.name).joined(separator: " "))
      lines.append(
        self("  用 --profile 指定，或在 rules/profiles/ 加一个档案（见 README）。", "  Name one with --profile, or add one in rules/profiles/ (see README)."))
      return lines.joined(separator: "\n")
    }
  }

  func unknownProfile(_ name: String, known: [FormProfile]) -> String {
    self("没有名为 \(name) 的表单档案。已有：", "no form profile named \(name). Known: ") + known.map(\.name).joined(separator: " ")
  }

  func run(_ fault: IntakeRunFault) -> String {
    switch fault {
    case .unreadable(let file, _):
      self("读取 \(file) 时出错；已提交的部分保留，修好后用同一命令继续。", "reading \(file) failed; what was committed stays, run the same command again once it is mended.")
    case .store(let fault): store(fault)
    }
  }

  // MARK: Store

  func store(_ fault: StoreFault) -> String {
    switch fault {
    case .missing(let path):
      self("还没有存储：\(path)。先运行 golden-ideas ingest 或 demo。", "no store at \(path). Run golden-ideas ingest or demo first.")
    case .unreadable(let path, let reason):
      self("存储打不开：\(path)（\(reason)）。", "cannot open \(path) (\(reason)).")
    case .locked(let path):
      self("另一个程序正在向 \(path) 收件，请等它结束。", "another program is taking in to \(path); wait for it to end.")
    case .database(let code, let message, _):
      self("数据库出错（\(code)：\(message)）。已提交的内容完好；请检查磁盘空间与权限后重试。",
        "database fault (\(code): \(message)). What was committed is intact; check disk space and permissions, then try again.")
    case .newerSchema(let found, let known):
      self("存储由更新的程序写成（结构 \(found)，本程序只认 \(known)）。请升级程序。", "the store was written by a newer program (schema \(found), this one knows \(known)). Upgrade the program.")
    case .olderSchema(let found, let known):
      self("存储结构较旧（\(found)，现为 \(known)）。请先备份，再运行 golden-ideas migrate。", "the store's schema is older (\(found), now \(known)). Back it up, then run golden-ideas migrate.")
    case .otherFolding:
      self("存储的文本折叠表与本程序不同，已存的指纹无法比较。请用写入它的版本。", "the store was made with other folding tables; its sketches do not compare. Use the version that wrote it.")
    case .missingKeys(let path):
      self("缺少密钥文件：\(path)。没有它打不开封存的原件；请从备份放回。", "the key file \(path) is missing. Sealed originals do not open without it; put it back from your backup.")
    case .corrupt(let what):
      self("存储损坏：\(what)。请运行 golden-ideas verify。", "the store is damaged: \(what). Run golden-ideas verify.")
    case .unsupportedURL(let url):
      self("不支持的存储地址：\(url)。现支持 sqlite:路径。", "unsupported store \(url). Supported: sqlite:PATH.")
    case .noMemory(let bytes):
      self("内存不够核对口令（需要 \(bytes >> 20) MiB）。请关掉别的程序再试。", "not enough memory to check a password (\(bytes >> 20) MiB). Close other programs and try again.")
    }
  }

  // MARK: Rules

  func noRules(_ folder: String) -> String {
    self("规则目录里没有 book.yaml：\(folder)。请用 --rules 指定。", "no book.yaml in \(folder). Name the folder with --rules.")
  }

  func noProfiles(_ folder: String) -> String {
    self("没有表单档案：\(folder)。", "no form profiles in \(folder).")
  }

  func ruleBookFault(_ fault: RuleBookFault, folder: String) -> String {
    let fatal = fault.problems.filter { !$0.isWarning }
    let head = self("规则有 \(fatal.count) 处错误，未启用：", "the rule book has \(fatal.count) faults and is not used:")
    return ([head] + fatal.prefix(20).map { "  " + problem($0, folder: folder) }
      + (fatal.count > 20 ? [self("  ……用 golden-ideas rules check 看全部", "  … golden-ideas rules check shows all")] : []))
      .joined(separator: "\n")
  }

  func problem(_ problem: RuleProblem, folder: String) -> String {
    "\(folder)/\(problem.file):\(problem.line): " + words(problem.fault)
  }

  func words(_ fault: RuleProblem.Fault) -> String {
    switch fault {
    case .syntax(let words): self("YAML 语法：\(words)", "YAML syntax: \(words)")
    case .missingFile(let file): self("缺少文件 \(file)", "file \(file) is missing")
    case .missingKey(let key): self("缺少 \(key)", "\(key) is missing")
    case .unknownKey(let key): self("不认识的键 \(key)", "unknown key \(key)")
    case .wrongType(let key, let expected): self("\(key) 应为 \(expected)", "\(key) must be a \(expected)")
    case .unknownCode(let key, let code): self("\(key) 里没有代码 \(code)", "\(key) has no code \(code)")
    case .duplicate(let name): self("\(name) 重复", "\(name) is defined twice")
    case .unknownWordGroup(let name): self("没有词组 \(name)", "no word group \(name)")
    case .emptyKeyword: self("关键词折叠后为空", "a keyword is empty once folded")
    case .noCondition(let rule): self("规则 \(rule) 没有 any、all、at_least 或 near 条件", "rule \(rule) has no any, all, at_least or near")
    case .noVerdict(let rule): self("规则 \(rule) 没有结论（topic kind act track urgency flag）", "rule \(rule) has no verdict (topic kind act track urgency flag)")
    case .severalVerdicts(let rule): self("规则 \(rule) 有多个结论，只能有一个", "rule \(rule) has several verdicts; one is allowed")
    case .exampleMissed(let rule, let number): self("规则 \(rule) 的第 \(number) 个正例没有命中", "rule \(rule) does not fire on its example \(number)")
    case .exampleSpanMissed(let rule, let number): self("规则 \(rule) 的第 \(number) 个正例命中了，但标出的片段不是依据", "rule \(rule) fires on its example \(number), but a marked span is no evidence")
    case .exampleHit(let rule, let number): self("规则 \(rule) 的第 \(number) 个反例命中了", "rule \(rule) fires on its counter-example \(number)")
    case .noExample(let rule): self("规则 \(rule) 没有正例", "rule \(rule) has no example")
    case .contradiction(let rule, let keyword): self("规则 \(rule)：“\(keyword)”同时在 any 和 none 里", "rule \(rule): \"\(keyword)\" is in any and in none")
    case .shadowedKeyword(let rule, let keyword): self("规则 \(rule)：“\(keyword)”包含同一列表里更短的词，不起作用；给它更高的 weight 或删去", "rule \(rule): \"\(keyword)\" contains a shorter keyword of its list and adds nothing; give it more weight or strike it")
    case .deadKeyword(let rule, let keyword): self("规则 \(rule)：“\(keyword)”里含有 none 的词，永远不会命中", "rule \(rule): \"\(keyword)\" holds a word of none and never fires")
    case .deadRule(let rule): self("规则 \(rule) 的条件不可能满足", "no text can meet the conditions of rule \(rule)")
    case .idleExclusion(let rule, let keyword): self("规则 \(rule)：例外词“\(keyword)”里没有本规则的词，不起作用", "rule \(rule): exclusion word \"\(keyword)\" holds no word of the rule and excludes nothing")
    case .sameRule(let rule, let other): self("规则 \(rule) 与 \(other) 条件和结论都相同", "rule \(rule) says the same as \(other)")
    case .opposedRules(let rule, let other): self("规则 \(rule) 与 \(other) 条件相同、结论不同", "rules \(rule) and \(other) ask for the same and say different things")
    case .submergedKeyword(let rule, let keyword, let longer): self("规则 \(rule)：“\(keyword)”几乎都出现在“\(longer)”里，而那个词说的是别的主题；换长一点的词，或把它写进 except", "rule \(rule): \"\(keyword)\" nearly always stands inside \"\(longer)\", which speaks for another topic; use a longer word, or put it under except")
    case .kindOfKind(let rule): self("规则 \(rule) 判类别，不能再以类别为条件", "rule \(rule) decides the kind and cannot ask for one")
    case .circularWordGroup(let name): self("词组 \(name) 绕回了自己", "word group \(name) leads back to itself")
    case .neverInForce: self("until 早于 from，永远无效", "until lies before from: never in force")
    case .expired(let rule): self("规则 \(rule) 已过有效期", "rule \(rule) is no longer in force")
    case .learnedLine(let expected, let found): self("学得的词应有 \(expected) 列（词、来件数、各主题权重），这一行有 \(found) 列", "a learned keyword takes \(expected) columns (word, texts, a weight for each topic); this line has \(found)")
    case .severalLayers: self("learned/ 里只能有一个文件", "learned/ may hold one file only")
    }
  }

  func aspect(_ aspect: BookComparison.Aspect) -> String {
    switch aspect {
    case .topic: self("主题", "topic")
    case .department: self("牵头", "department")
    case .kind: self("类别", "kind")
    case .urgency: self("紧急", "urgency")
    case .track: self("通道", "track")
    case .sure: self("有无把握", "sure")
    }
  }

  /// How sure a topic is, behind its name.
  func certainty(_ certainty: Certainty) -> String {
    let percent = (certainty.confidence + 5) / 10
    return certainty.isSure
      ? self("（把握 \(percent) %）", " (\(percent) % sure)") : self("？（把握 \(percent) %，请人工判定）", "? (\(percent) % sure: staff decide)")
  }

  func labelled(_ fault: LabelledFault, path: String) -> String {
    switch fault {
    case .notAnObject(let line):
      self("\(path):\(line): 应为一行一个 JSON 对象", "\(path):\(line): expected one JSON object a line")
    case .missing(let key, let line): self("\(path):\(line): 缺少 \(key)", "\(path):\(line): \(key) is missing")
    case .unknownTopic(let line):
      self("\(path):\(line): topic 不是规则库里的一级主题（名称或代码）", "\(path):\(line): topic is no first-level topic of the book, by name or code")
    case .badSpan(let line):
      self("\(path):\(line): spans 应为 [起, 止, 种类] 的列表，按字符计", "\(path):\(line): spans must be a list of [start, end, kind] in characters")
    case .empty: self("\(path) 是空的", "\(path) is empty")
    }
  }

  func profileFaults(_ faults: [ProfileFault]) -> String {
    let lines = faults.flatMap { fault in
      fault.problems.map { "  profiles/\(fault.file):\($0.line): \($0.code) \($0.detail)" }
    }
    return ([self("表单档案有错，未启用：", "form profiles have faults:")] + lines).joined(separator: "\n")
  }
}
