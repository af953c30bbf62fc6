internal import Text

/// Topics, departments, regions, stations: what rules and routes refer to by code.
extension RuleCompiler {
  func topics(_ source: YAMLMapping) {
    source.allow(.topics, log: log)
    for entry in source.mappings("topics", log: log) {
      entry.allow(.topic, log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log) else { continue }
      guard topicNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      let parent = code.count > 2 ? topicNumbers[String(code.dropLast(2))] : nil
      if code.count > 2 && parent == nil {
        log.note(entry.file, entry.line, .unknownCode(key: "parent", code: String(code.dropLast(2))))
      }
      topicNumbers[code] = result.topics.count
      result.topics.append(
        Topic(
          code: code, name: name, englishName: entry.string("en", log: log) ?? name, parent: parent,
          level: code.count / 2))
    }
  }

  func departments(_ source: YAMLMapping) {
    source.allow(.departments, log: log)
    for entry in source.mappings("departments", log: log) {
      entry.allow(.department, log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log) else { continue }
      guard departmentNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      departmentNumbers[code] = result.departments.count
      result.departments.append(
        Department(
          code: code, name: name, shortName: entry.string("short", log: log) ?? name,
          englishName: entry.string("en", log: log) ?? name, districtPattern: entry.string("district", log: log),
          tier: choice(entry, "tier") ?? .city))
    }
  }

  func regions(_ source: YAMLMapping) {
    source.allow(.regions, log: log)
    for name in source.strings("not_places", log: log) { place(name.text, .elsewhere, Validity()) }
    let entries = source.mappings("regions", log: log)
    for entry in entries {
      entry.allow(.region, log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log),
        let level: RegionLevel = choice(entry, "level")
      else { continue }
      guard regionNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      regionNumbers[code] = result.regions.count
      result.regions.append(
        Region(
          code: code, name: name, englishName: entry.string("en", log: log) ?? name, level: level, parent: nil,
          covers: []))
    }
    // Ambiguous names first: a name listed there belongs to nobody alone.
    for entry in source.mappings("ambiguous", log: log) {
      entry.allow(.ambiguous, log: log)
      guard let name = entry.required("name", log: log) else { continue }
      let candidates = entry.strings("candidates", log: log).compactMap { region($0.text, entry, $0.line) }
      let question = entry.string("ask", log: log) ?? ""
      result.ambiguous.append(
        AmbiguousPlace(
          name: name, candidates: candidates, question: question,
          englishQuestion: entry.string("ask_en", log: log) ?? question))
      place(name, .ambiguous(result.ambiguous.count - 1), validity(entry))
    }
    for entry in entries {
      guard let code = entry.string("code", log: log), let number = regionNumbers[code] else { continue }
      if let parent = entry.string("parent", log: log) {
        result.regions[number].parent = region(parent, entry, entry.line(of: "parent"))
      }
      result.regions[number].covers = entry.strings("over", log: log).compactMap { region($0.text, entry, $0.line) }
      places(entry, named: result.regions[number].name, .region(number))
    }
    for entry in source.mappings("landmarks", log: log) {
      entry.allow(.landmark, log: log)
      guard let name = entry.required("name", log: log), let code = entry.required("region", log: log),
        let number = region(code, entry, entry.line)
      else { continue }
      places(entry, named: name, .landmark(region: number))
    }
    for entry in source.mappings("roads", log: log) { road(entry) }
  }

  /// A road in one region says where it is; of one that runs through several, people are asked which stretch.
  private func road(_ entry: YAMLMapping) {
    entry.allow(.road, log: log)
    guard let name = entry.required("name", log: log) else { return }
    if !entry.has("region") { log.note(entry.file, entry.line, .missingKey("region")) }
    let through = entry.strings("region", log: log).compactMap { region($0.text, entry, $0.line) }
    guard let first = through.first else { return }
    guard through.count > 1 else { return places(entry, named: name, .road(region: first)) }
    let names = through.map { result.regions[$0].name }
    let english = through.map { result.regions[$0].englishName }
    result.ambiguous.append(
      AmbiguousPlace(
        name: name, candidates: through, question: "\(name)在\(names.joined(separator: "、"))都有，是哪一段？",
        englishQuestion: "\(name) runs through \(english.joined(separator: ", ")): which stretch?", isRoad: true))
    places(entry, named: name, .ambiguous(result.ambiguous.count - 1))
  }

  private func places(_ entry: YAMLMapping, named name: String, _ meaning: PlaceName.Meaning) {
    let validity = validity(entry)
    place(name, meaning, validity)
    for alias in entry.strings("aliases", log: log) { place(alias.text, meaning, validity) }
  }

  func stations(_ source: YAMLMapping) {
    source.allow(.stations, log: log)
    for entry in source.mappings("stations", log: log) {
      entry.allow(.station, log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log),
        let regionCode = entry.required("region", log: log), let region = region(regionCode, entry, entry.line)
      else { continue }
      result.stations.append(
        Station(
          code: code, name: name, region: region, address: entry.string("address", log: log) ?? "",
          facilities: entry.strings("facilities", log: log).map(\.text)))
      let number = result.stations.count - 1
      stationNumbers[code] = stationNumbers[code] ?? number
      places(entry, named: name, .station(number))
      place(code, .station(number), validity(entry))
    }
  }

  /// A name already taken keeps its first meaning: ambiguous ones, then regions, landmarks, roads, stations.
  private func place(_ name: String, _ meaning: PlaceName.Meaning, _ validity: Validity) {
    let folded = Folding.scalars(name)
    guard !folded.isEmpty else { return }
    let number = Int(keyword(folded))
    guard result.placeOfKeyword[number] == nil else { return }
    result.placeOfKeyword[number] = result.names.count
    result.names.append(PlaceName(name: name, meaning: meaning, validity: validity))
  }
}
