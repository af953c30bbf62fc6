import Rules
import Store
import Text

extension CodeNames {
  /// Tiers and kinds of personal detail, which the store keeps as numbers.
  static var standard: CodeNames {
    CodeNames(
      tiers: Tier.allCases.map(\.rawValue),
      cuts: Dictionary(uniqueKeysWithValues: PersonalDataKind.allCases.map { (Int($0.rawValue), $0.code) }))
  }
}

/// Names people read, for the codes a store and a book know each other by. A code the book no longer has is shown as it is.
struct BookNames {
  let book: RuleBook
  let language: Language

  func topic(_ code: String?) -> String? {
    guard let code else { return nil }
    guard let index = book.topic(code: code) else { return code }
    return language == .zh ? book.topics[index].name : book.topics[index].englishName
  }

  /// First level to last: 城乡建设 › 市政设施 › 井盖.
  func topicPath(_ code: String?) -> String? {
    guard let code, let index = book.topic(code: code) else { return code }
    return book.path(ofTopic: index).map { language == .zh ? book.topics[$0].name : book.topics[$0].englishName }
      .joined(separator: " › ")
  }

  func region(_ code: String?) -> String? {
    guard let code else { return nil }
    guard let index = book.region(code: code) else { return code }
    return language == .zh ? book.regions[index].name : book.regions[index].englishName
  }

  func station(_ code: String?) -> String? {
    guard let code else { return nil }
    return book.stations.first { $0.code == code }?.name ?? code
  }

  func department(_ code: String?, tier: String?, region: String?) -> String? {
    guard let code else { return nil }
    guard let index = book.department(code: code) else { return code }
    let department = book.departments[index]
    let district = region.flatMap { book.region(code: $0) }.flatMap { book.district(ofRegion: $0) }.map { book.regions[$0] }
    let tier = tier.flatMap(Tier.init(rawValue:)) ?? .city
    guard language == .en else { return department.name(tier: tier, district: district) }
    // The city's office and a district's have one name in English, and stand beside each other to be chosen.
    guard tier == .district, let district, department.districtPattern != nil else { return department.englishName }
    return "\(department.englishName), \(district.englishName)"
  }
}
