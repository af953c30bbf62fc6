import Publishing

/// Sentences for what keeps an issue from being made.
extension Messages {
  func digest(_ fault: DigestAssembly.Fault) -> Outcome {
    switch fault {
    case .store(let fault): .notStarted(store(fault))
    case .changing:
      .notStarted(
        self("读的时候一直有人在写入。请过一会儿再试。", "somebody went on writing while it was read. Try again in a while."))
    case .unreadable(let count, let first):
      .findings(
        self(
          "有 \(count) 件的办理历史读不通（第一件：\(first)），没有做月报。请运行 golden-ideas verify。",
          "\(count) histories cannot be read (first: \(first)); no digest was made. Run golden-ideas verify."))
    }
  }

  func digest(_ fault: DigestEditingFault) -> String {
    let numbers = fault.unknown.map(String.init).joined(separator: self("、", ", "))
    return self(
      "编辑点名的 \(numbers) 不在本月可刊的事项里。", "cases \(numbers), which the editor names, are not among those of the month that can be printed.")
  }

  func digest(_ fault: DigestTemplateFault, folder: String) -> String {
    let lines = fault.problems.map { problem in
      "  \(folder)/\(problem.file):\(problem.line): \(words(problem.fact))"
    }
    return ([self("模板有 \(lines.count) 处错误：", "the template has \(lines.count) faults:")] + lines).joined(separator: "\n")
  }

  private func words(_ fact: DigestTemplateFault.Fact) -> String {
    switch fact {
    case .missingFile: self("缺少这个文件", "the file is missing")
    case .notUTF8: self("不是 UTF-8", "is not UTF-8")
    case .unfinishedTag: self("{{ 没有合上", "{{ is not closed")
    case .unknownName(let name): self("这里没有 \(name)", "there is no \(name) here")
    case .unfinishedSection(let name): self("{{#\(name)}} 没有由 {{/\(name)}} 合上", "{{#\(name)}} is not closed by {{/\(name)}}")
    case .closesNothing(let name): self("{{/\(name)}} 没有可合上的", "{{/\(name)}} closes nothing")
    case .unknownPart(let name): self("模板里没有部件 \(name)", "the template has no part \(name)")
    case .circularPart(let name): self("部件 \(name) 绕回了自己", "part \(name) leads back to itself")
    case .rawText(let name): self("\(name) 是文字，只能用两个括号：{{\(name)}}", "\(name) is text and stands in two braces: {{\(name)}}")
    case .escapedMarkup(let name): self("\(name) 要用三个括号：{{{\(name)}}}", "\(name) stands in three braces: {{{\(name)}}}")
    case .forbiddenTag(let tag): self("不能用 {{\(tag)}}", "{{\(tag)}} is not allowed")
    case .sealMissing: self("第一个标记必须是 {{{seal}}}", "the first tag must be {{{seal}}}")
    case .activeContent(let words): self("不能有 \(words)：月报不运行程序，也不取外面的东西", "\(words) is not allowed: an issue runs nothing and fetches nothing")
    case .unfinishedPair: self("[[ 没有由 ]] 合上", "[[ is not closed by ]]")
    case .missingLanguage: self("[[中文|English]] 缺一种语言", "[[中文|English]] lacks a language")
    case .syntax(let words): self("Mustache 语法：\(words)", "Mustache syntax: \(words)")
    }
  }
}
