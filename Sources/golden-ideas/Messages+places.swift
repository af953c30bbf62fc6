import Rules

/// What the command line says of places, and of lists of divisions that cannot be read.
extension Messages {
  func placeLevel(_ level: PlaceLevel) -> String {
    switch level {
    case .city: self("市", "city")
    case .county: self("区县", "county")
    case .zone: self("功能区", "zone")
    case .street: self("街道乡镇", "street")
    case .community: self("社区村", "community")
    case .road: self("道路", "road")
    case .crossing: self("路口", "crossing")
    case .landmark: self("地标", "landmark")
    case .station: self("驿站", "station")
    }
  }

  /// - Parameter files: the lists that were read.
  func divisions(_ fault: DivisionFault, files: [String]) -> String {
    let most = 20
    let head = self("名单没有读成，共 \(fault.problems.count) 处：", "the lists were not read, \(fault.problems.count) faults:")
    let rest = fault.problems.count - most
    let lines = fault.problems.prefix(most).map { problem in
      let place = problem.file.isEmpty ? files.joined(separator: " ") : "\(problem.file):\(problem.line)"
      return "  \(place): " + words(problem.fault)
    }
    return ([head] + lines + (rest > 0 ? [self("  ……还有 \(rest) 处", "  … and \(rest) more")] : [])).joined(separator: "\n")
  }

  private func words(_ fault: DivisionProblem.Fault) -> String {
    switch fault {
    case .notUTF8: self("不是 UTF-8；请另存为 UTF-8 再读", "not UTF-8; save it as UTF-8 and try again")
    case .empty: self("文件是空的；应为 CSV 表或 JSON 列表", "the file is empty; expected a CSV table or a JSON list")
    case .noColumn(let name): self("第一行应为表头，含 code 和 name 两列；没有 \(name)", "the first line must be a header with columns code and name; there is no \(name)")
    case .columns(let expected, let found): self("应有 \(expected) 列，这一行有 \(found) 列", "expected \(expected) columns, this line has \(found)")
    case .quotes: self("引号没有配对，或引号后面还有字；引号内的引号要写两个", "quotes do not close, or something follows them; write a quote inside quotes twice")
    case .json(let words): self("JSON 语法：\(words)", "JSON syntax: \(words)")
    case .notAnObject: self("应为 {\"code\":…,\"name\":…} 这样的对象", "expected an object such as {\"code\":…,\"name\":…}")
    case .missing(let key): self("缺少 \(key)", "\(key) is missing")
    case .otherName(let code, let earlier): self("编码 \(code) 前面已经是“\(earlier)”", "code \(code) already stands for \"\(earlier)\"")
    case .missingParent(let code, let child): self("\(child) 的上级 \(code) 不在这些名单里；请把上一级的名单也给出来", "\(child) lies in \(code), which is in none of these lists; give the list of that level too")
    case .unknownCity(let code): self("名单里没有编码 \(code)", "no list has the code \(code)")
    case .namelessCity(let code): self("\(code) 只是统计用的一层，没有自己的名字；请把省级名单也给出来，或用省级编码", "\(code) is a layer without a name of its own; give the provinces' list too, or use the province's code")
    }
  }
}
