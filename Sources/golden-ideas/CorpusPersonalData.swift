/// Personal details for the generated corpus: well-formed, so that they must be found, and nobody's. Telephone numbers
/// lie in subscriber block 0000, resident ids in a county that does not exist.
struct CorpusPersonalData {
  private let confessions: [(before: [UInt8], after: [UInt8])]

  init() {
    confessions = CorpusVocabulary.confessions.map { sentence in
      let parts = sentence.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
      return (Array(parts[0].utf8), Array((parts.last ?? "").utf8))
    }
  }

  /// Appends a sentence that gives one detail away.
  func write(_ random: inout SplitMix64, place: CorpusText.Place, into text: inout [UInt8]) {
    let kind = random.below(confessions.count)
    text.append(contentsOf: confessions[kind].before)
    switch kind {
    case 2: text.append(contentsOf: "xiaoge_\(random.between(1000, 99999))".utf8)
    case 3: text.append(contentsOf: residentID(&random))
    case 4: text.append(contentsOf: "湘J·\(random.one(of: ["A", "B", "D", "F"]))0\(random.between(100, 999))".utf8)
    case 5: text.append(contentsOf: bankCard(&random))
    case 6: text.append(contentsOf: "rider\(random.between(1000, 99999))@example.com".utf8)
    case 7:
      text.append(contentsOf: place.estate)
      let door = "\(place.building)栋\(random.between(1, 4))单元\(random.between(1, 28))0\(random.between(1, 4))"
      text.append(contentsOf: door.utf8)
    default: text.append(contentsOf: CorpusPersonalData.mobile(&random))
    }
    text.append(contentsOf: confessions[kind].after)
  }

  static func mobile(_ random: inout SplitMix64) -> [UInt8] {
    let last = String(10_000 + random.below(10_000)).dropFirst()
    return Array("1\(random.between(30, 99))0000\(last)".utf8)
  }

  /// GB 11643-1999 with a right check digit; 430799 is no county of Changde.
  private func residentID(_ random: inout SplitMix64) -> [UInt8] {
    let date = random.between(1960, 2004) * 10_000 + random.between(1, 12) * 100 + random.between(1, 28)
    var digits = Array("430799\(date)\(random.between(100, 999))".utf8)
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    digits.append(Array("10X98765432".utf8)[sum % 11])
    return digits
  }

  /// Nineteen digits that pass the Luhn check, behind an issuer number nobody uses.
  private func bankCard(_ random: inout SplitMix64) -> [UInt8] {
    var digits = Array("629999\(random.between(100_000_000_000, 999_999_999_999))".utf8)
    // The digit before the check digit is doubled, then every other one.
    var sum = 0
    for (position, digit) in digits.reversed().enumerated() {
      let doubled = Int(digit - 48) * (position % 2 == 0 ? 2 : 1)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    digits.append(UInt8(48 + (10 - sum % 10) % 10))
    return digits
  }
}
