import Printing

/// What keeps a document from being made or from leaving the house, with what to do next.
extension Messages {
  func printing(_ fault: PrintingFault) -> String {
    switch fault {
    case .absent(let converters):
      let names = converters.map(\.rawValue)
      let packages = converters.map(\.package)
      return self(
        "本机没有 \(names.joined(separator: " 或 "))。请安装 \(packages.joined(separator: " 或 "))，或用 \(converters[0].variable) 指明程序。",
        "this machine has no \(names.joined(separator: " or ")). Install \(packages.joined(separator: " or ")), or name the program by \(converters[0].variable)."
      )
    case .misnamed(let converter):
      return self(
        "\(converter.variable) 指的不是能运行的程序。", "\(converter.variable) does not name a program that can be run.")
    case .failed(let converter, let status):
      return self(
        "\(converter.rawValue) 没有做成（退出码 \(status)）。", "\(converter.rawValue) failed (exit code \(status)).")
    case .timedOut(let converter, let seconds):
      return self(
        "\(converter.rawValue) 过了 \(seconds) 秒还没做完，已结束它。",
        "\(converter.rawValue) was not done after \(seconds) s and was ended.")
    case .cancelled: return self("已取消，没有写出文件。", "cancelled; no file was written.")
    case .wroteNothing(let converter):
      return self("\(converter.rawValue) 没有写出文件。", "\(converter.rawValue) wrote no file.")
    case .reachesOut(let line):
      return self(
        "第 \(line) 行有脚本，或要取文件以外的东西。请改模板：图用内嵌 SVG，样式写在页内。",
        "line \(line) holds a script or asks for something outside the file. Mend the template: inline SVG, inline style."
      )
    case .sheet(let number, let fault): return sheet(number, fault)
    case .folder(let number):
      return self("临时目录不能写（系统错误 \(number)）。", "the temporary folder cannot be written to (system error \(number)).")
    }
  }

  private func sheet(_ number: Int, _ fault: SheetFault) -> String {
    switch fault {
    case .name:
      self(
        "第 \(number) 张表的名字不行：1 到 31 字，没有 []:*?/\\，不重名。",
        "sheet \(number) cannot be called that: 1 to 31 characters, none of []:*?/\\, no two alike.")
    case .size: self("第 \(number) 张表太大。", "sheet \(number) is too large.")
    case .unwritable(let code): self("表格写不出来（代码 \(code)）。", "the workbook cannot be written (code \(code)).")
    }
  }

  /// One line for each finding, and what to do about them.
  func gate(_ findings: [GateFinding]) -> String {
    let lines = findings.prefix(20).map { "  \(place($0.place))：\(word($0))" }
    let rest = findings.count - lines.count
    let more = rest > 0 ? [self("  还有 \(rest) 处", "  and \(rest) more")] : []
    let head = self(
      "没有发出：\(findings.count) 处不能公开。遮去或改写；人人可知的（公开电话、案号）写进许可清单。",
      "nothing was sent out: \(findings.count) places must not be public. Cut out or rewrite; what everybody may know (public telephones, case numbers) goes into the list of what is allowed."
    )
    return ([head] + lines + more).joined(separator: "\n")
  }

  private func place(_ place: GatePlace) -> String {
    let within = place.within.map { " \($0)" } ?? ""
    let name = place.name.map { " \($0)" } ?? ""
    return switch place.unit {
    case .line:
      self("第 \(place.number) 行", "line \(place.number)")
        + (place.within.map { self(" 第 \($0) 列", " column \($0)") } ?? "")
    case .page: self("第 \(place.number) 页第\(within) 行", "page \(place.number) line\(within)")
    case .sheet: self("第 \(place.number) 张表\(name)", "sheet \(place.number)\(name)")
    case .part: self("第 \(place.number) 部分\(name)\(within)", "part \(place.number)\(name)\(within)")
    case .property: self("文件属性 \(place.number)", "property \(place.number)")
    case .fileName: self("文件名", "file name")
    case .value: self("第 \(place.number) 个值", "value \(place.number)")
    }
  }

  private func word(_ finding: GateFinding) -> String {
    switch finding.kind {
    case .personal(let code): self("个人信息（\(code)）", "personal detail (\(code))")
    case .token: self("遮盖留下的隐形标记", "an invisible mark of redaction")
    case .unreadable: self("读不出文字，无法检查", "cannot be read and therefore not checked")
    case .formula: self("会被表格软件当公式算", "a spreadsheet would calculate it")
    }
  }
}
