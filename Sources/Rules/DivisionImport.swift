/// The divisions of one city out of published lists, as a `regions.yaml` of this project.
///
/// The same lists give the same bytes, whatever the order of files and rows.
package struct DivisionImport: Sendable {
  private struct Area {
    var division: Division
    var name: String
    var level: RegionLevel
    var parent: Int?
    var aliases: [String] = []
  }

  private struct SharedName {
    var name: String
    var areas: [Int]
  }

  private var areas: [Area] = []
  private var shared: [SharedName] = []

  package var areaCount: Int { areas.count }
  package var ambiguousCount: Int { shared.count }

  /// Layers of the statistics that nobody lives in: what they contain belongs to what contains them.
  private static let layers: Set = [
    "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位",
  ]

  /// - Parameter city: code of the city, with or without padding zeros.
  /// - Throws: everything wrong with the lists, and what of this city is missing in them.
  package init(_ list: DivisionList, city: String) throws(DivisionFault) {
    guard list.problems.isEmpty else { throw DivisionFault(problems: list.problems) }
    let city = DivisionCode.bare(city)
    let byCode = Dictionary(list.divisions.map { ($0.code, $0) }) { first, _ in first }
    guard let root = byCode[city] else { throw DivisionFault(problems: [Self.problem(.unknownCity(code: city), nil)]) }
    var problems: [DivisionProblem] = []
    /// From what contains it nearest up to the city; nil for what lies elsewhere.
    func line(to division: Division) -> [Division]? {
      var line: [Division] = []
      var current = division
      while current.code != city {
        line.append(current)
        let parents = current.parents.isEmpty ? DivisionCode.prefixes(of: current.code) : current.parents
        // Where the list does not say, the nearest listed one contains it; what it says has to be listed.
        let listed = current.parents.isEmpty ? parents.first { byCode[$0] != nil } : parents.first
        guard let parent = listed, line.count <= 8 else { return nil }
        guard let next = byCode[parent] else {
          if parents.contains(city) || parent.hasPrefix(city) {
            problems.append(Self.problem(.missingParent(code: parent, of: current.code), current))
          }
          return nil
        }
        current = next
      }
      return line
    }
    var kept: [(division: Division, parent: String?, depth: Int)] = [(root, nil, 0)]
    for division in list.divisions where division.code != city {
      guard let line = line(to: division), !Self.layers.contains(division.name) else { continue }
      let above = line.dropFirst().filter { !Self.layers.contains($0.name) }
      kept.append((division, above.first?.code ?? city, above.count + 1))
    }
    var name = root.name
    if Self.layers.contains(name) {
      let above = root.parents + DivisionCode.prefixes(of: city)
      if let parent = above.compactMap({ byCode[$0] }).first {
        name = parent.name
      } else {
        problems.append(Self.problem(.namelessCity(code: city), root))
      }
    }
    guard problems.isEmpty else { throw DivisionFault(problems: Array(Set(problems)).sorted(by: Self.precedes)) }
    kept.sort { $0.division.code < $1.division.code }
    // The city first, whatever its code.
    kept = kept.filter { $0.depth == 0 } + kept.filter { $0.depth > 0 }
    let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.division.code, $0) })
    areas = kept.map { entry in
      Area(
        division: entry.division, name: entry.depth == 0 ? name : entry.division.name,
        level: entry.depth == 0 ? .city : Self.level(entry.division.code, depth: entry.depth),
        parent: entry.parent.flatMap { numbers[$0] })
    }
    nameAreas()
  }

  private static func problem(_ fault: DivisionProblem.Fault, _ division: Division?) -> DivisionProblem {
    DivisionProblem(file: division?.file ?? "", line: division?.line ?? 0, fault: fault)
  }

  private static func precedes(_ first: DivisionProblem, _ second: DivisionProblem) -> Bool {
    (first.file, first.line) < (second.file, second.line)
  }

  /// The deeper of what the digits say and what the list does: some cities have streets and no counties, and some codes
  /// are nobody's standard.
  private static func level(_ code: String, depth: Int) -> RegionLevel {
    let levels: [RegionLevel] = [.city, .county, .street, .community]
    let byDigits = DivisionCode.level(of: code).flatMap(levels.firstIndex) ?? 0
    return levels[min(3, max(depth, byDigits))]
  }

  // MARK: Names

  /// A name that fits one area is its alias; one that fits several is asked, unless it is the full name of one of them
  /// or the city's, which contains the others.
  private mutating func nameAreas() {
    var full: [String: [Int]] = [:]
    var other: [String: [Int]] = [:]
    for (number, area) in areas.enumerated() {
      full[area.name, default: []].append(number)
      let forms = DivisionNames.forms(area.name, area.level)
      for name in Set([forms.plain, forms.short].compactMap(\.self)) where name != area.name {
        other[name, default: []].append(number)
      }
    }
    for (name, owners) in full where owners.count > 1 { shared.append(SharedName(name: name, areas: owners)) }
    for (name, owners) in other where full[name] == nil {
      if owners.count == 1 || owners[0] == 0 {
        areas[owners[0]].aliases.append(name)
      } else {
        shared.append(SharedName(name: name, areas: owners))
      }
    }
    for number in areas.indices { areas[number].aliases.sort() }
    shared.sort { ($0.areas[0], $0.name) < ($1.areas[0], $1.name) }
  }

  /// The name with what contains it, as it is asked for: 桃源县龙潭镇.
  private func label(_ number: Int) -> String {
    let area = areas[number]
    guard area.level != .city, area.level != .county, let parent = area.parent, parent != 0 else { return area.name }
    return areas[parent].name + area.name
  }

  // MARK: Text

  package var yaml: String {
    let city = areas[0]
    var text = """
      # \(city.name)的行政区划，由 golden-ideas regions import 从公布的名单写成；可删可改。
      # 简称只取不与别处相同、也不是日常词语的；一名多地的写进 ambiguous，要问人，不猜。
      # Divisions of \(city.name), written by `golden-ideas regions import` from published lists; change as needed.
      # Short names that are ordinary words are left out; what means several places is under ambiguous and asked.
      regions:

      """
    for number in order() {
      let area = areas[number]
      if area.level == .street, let parent = area.parent, isFirst(number, below: parent) {
        text += "  # \(Self.comment(areas[parent].name))\n"
      }
      let (code, name) = (Self.quoted(area.division.code), Self.scalar(area.name))
      text += "  - {code: \(code), name: \(name), level: \(area.level.rawValue)"
      if let parent = area.parent { text += ", parent: \(Self.quoted(areas[parent].division.code))" }
      if !area.aliases.isEmpty { text += ", aliases: [\(area.aliases.map(Self.scalar).joined(separator: ", "))]" }
      text += "}\n"
    }
    guard !shared.isEmpty else { return text }
    text += "ambiguous:\n"
    for name in shared {
      let labels = name.areas.map(label)
      let codes = name.areas.map { Self.quoted(areas[$0].division.code) }
      text += "  - {name: \(Self.scalar(name.name)), candidates: [\(codes.joined(separator: ", "))]"
      let question = "“\(name.name)”是指" + labels.joined(separator: "，还是") + "？"
      let english = "Which place is meant by \(name.name): " + labels.joined(separator: " or ") + "?"
      text += ", ask: \(Self.quoted(question)), ask_en: \(Self.quoted(english))}\n"
    }
    return text
  }

  /// The city, its counties, then what each of them contains, depth first.
  private func order() -> [Int] {
    var children = [[Int]](repeating: [], count: areas.count)
    for (number, area) in areas.enumerated() { if let parent = area.parent { children[parent].append(number) } }
    let counties = children[0].filter { areas[$0].level == .county }
    var order = [0] + counties
    func add(below parent: Int) {
      for child in children[parent] where !(parent == 0 && areas[child].level == .county) {
        order.append(child)
        add(below: child)
      }
    }
    add(below: 0)
    for county in counties { add(below: county) }
    return order
  }

  private func isFirst(_ number: Int, below parent: Int) -> Bool {
    areas.firstIndex { $0.parent == parent && $0.level == .street } == number
  }

  private static func comment(_ text: String) -> String { text.replacing("\n", with: " ") }

  /// Plain where YAML takes it for text and nothing else.
  private static func scalar(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
    return isPlain && !text.isEmpty ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
