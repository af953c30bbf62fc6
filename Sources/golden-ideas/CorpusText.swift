/// Puts the texts of the generated corpus together from templates and lists of words.
///
/// A text is given by two numbers: its wording (what it is about and how it says so) and its placing (roads, estates,
/// house numbers). The same pair gives the same bytes, so that a text can be said again without being remembered, and a
/// new placing under the same wording is another matter in the same words.
struct CorpusText {
  private enum Piece {
    case text([UInt8])
    case slot(UInt8)
  }

  private struct Topic {
    var things: [[UInt8]]
    var troubles: [[UInt8]]
    var harms: [[UInt8]]
  }

  /// What the wording decides.
  private struct Choice {
    var topic, thing, trouble, harm, place, time, department, month, count, minutes: Int
  }

  /// The place fields of a record, all drawn from the placing but the district.
  struct Place {
    var district, road, otherRoad, estate, otherEstate, shop, station: [UInt8]
    var number, building: Int
  }

  private let topics: [Topic]
  private let openings, places, bodies, extras, requests, closings, titles: [[Piece]]
  private let times, departments, roads, estateNames, estateKinds, shopNames, shopKinds: [[UInt8]]
  let districts, stations: [[UInt8]]
  private let personal: CorpusPersonalData

  init() {
    func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }
    func templates(_ words: [String]) -> [[Piece]] { words.map(CorpusText.template) }
    topics = CorpusVocabulary.topics.map {
      Topic(things: bytes($0.things), troubles: bytes($0.troubles), harms: bytes($0.harms))
    }
    openings = templates(CorpusVocabulary.openings)
    places = templates(CorpusVocabulary.places)
    bodies = templates(CorpusVocabulary.bodies)
    extras = templates(CorpusVocabulary.extras)
    requests = templates(CorpusVocabulary.requests)
    closings = templates(CorpusVocabulary.closings)
    titles = templates(CorpusVocabulary.titles)
    times = bytes(CorpusVocabulary.times)
    departments = bytes(CorpusVocabulary.departments)
    districts = bytes(CorpusVocabulary.districts)
    roads = bytes(CorpusVocabulary.roads)
    estateNames = bytes(CorpusVocabulary.estateNames)
    estateKinds = bytes(CorpusVocabulary.estateKinds)
    shopNames = bytes(CorpusVocabulary.shopNames)
    shopKinds = bytes(CorpusVocabulary.shopKinds)
    stations = bytes(CorpusVocabulary.stations)
    personal = CorpusPersonalData()
  }

  /// Reads `{r}{n}号门前的{a}`.
  private static func template(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var run: [UInt8] = []
    var inside = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "{"):
        if !run.isEmpty { pieces.append(.text(run)) }
        run.removeAll()
        inside = true
      case UInt8(ascii: "}"): inside = false
      default:
        if inside { pieces.append(.slot(byte)) } else { run.append(byte) }
      }
    }
    if !run.isEmpty { pieces.append(.text(run)) }
    return pieces
  }

  // MARK: Drawing

  func place(placing: UInt64, district: Int) -> Place {
    var random = SplitMix64(seed: placing)
    func estate() -> [UInt8] { random.one(of: estateNames) + random.one(of: estateKinds) }
    return Place(
      district: districts[district], road: random.one(of: roads), otherRoad: random.one(of: roads), estate: estate(),
      otherEstate: estate(), shop: random.one(of: shopNames) + random.one(of: shopKinds),
      station: random.one(of: stations), number: random.between(1, 399), building: random.between(1, 38))
  }

  private func choice(_ random: inout SplitMix64) -> Choice {
    let topic = random.below(topics.count)
    return Choice(
      topic: topic, thing: random.below(topics[topic].things.count),
      trouble: random.below(topics[topic].troubles.count), harm: random.below(topics[topic].harms.count),
      place: random.below(places.count), time: random.below(times.count),
      department: random.below(departments.count), month: random.between(1, 12), count: random.between(2, 19),
      minutes: random.between(10, 45))
  }

  /// Appends the body: opening, complaint, further sentences until about 75 characters are there, request, closing.
  /// Returns whether it carries a personal detail, as two in a hundred wordings do.
  func body(wording: UInt64, place: Place, into text: inout [UInt8]) -> Bool {
    var random = SplitMix64(seed: wording)
    let choice = choice(&random)
    let start = text.count
    fill(random.one(of: openings), choice, place, &text)
    fill(random.one(of: bodies), choice, place, &text)
    append("。", &text)
    var said: UInt64 = 0
    // Three bytes a character.
    while text.count - start < 75 * 3 {
      let extra = random.below(extras.count)
      if said >> UInt64(extra) & 1 == 1 { continue }
      said |= 1 << UInt64(extra)
      fill(extras[extra], choice, place, &text)
    }
    let confesses = random.chance(perMille: 20)
    if confesses { personal.write(&random, place: place, into: &text) }
    if random.chance(perMille: 850) {
      fill(random.one(of: requests), choice, place, &text)
      append(random.chance(perMille: 800) ? "。" : "！", &text)
    }
    fill(random.one(of: closings), choice, place, &text)
    return confesses
  }

  /// Appends a title about the same matter; which of the possible ones, `random` says.
  func title(wording: UInt64, place: Place, _ random: inout SplitMix64, into text: inout [UInt8]) {
    var words = SplitMix64(seed: wording)
    let choice = choice(&words)
    fill(random.one(of: titles), choice, place, &text)
  }

  private func fill(_ pieces: [Piece], _ choice: Choice, _ place: Place, _ text: inout [UInt8]) {
    for piece in pieces {
      switch piece {
      case .text(let bytes): text.append(contentsOf: bytes)
      case .slot(let slot): fill(slot: slot, choice, place, &text)
      }
    }
  }

  private func fill(slot: UInt8, _ choice: Choice, _ place: Place, _ text: inout [UInt8]) {
    switch slot {
    case UInt8(ascii: "p"): fill(places[choice.place], choice, place, &text)
    case UInt8(ascii: "a"): text.append(contentsOf: topics[choice.topic].things[choice.thing])
    case UInt8(ascii: "x"): text.append(contentsOf: topics[choice.topic].troubles[choice.trouble])
    case UInt8(ascii: "y"): text.append(contentsOf: topics[choice.topic].harms[choice.harm])
    case UInt8(ascii: "t"): text.append(contentsOf: times[choice.time])
    case UInt8(ascii: "g"): text.append(contentsOf: departments[choice.department])
    case UInt8(ascii: "m"): append(choice.month, &text)
    case UInt8(ascii: "c"): append(choice.count, &text)
    case UInt8(ascii: "h"): append(choice.minutes, &text)
    case UInt8(ascii: "r"): text.append(contentsOf: place.road)
    case UInt8(ascii: "q"): text.append(contentsOf: place.otherRoad)
    case UInt8(ascii: "e"): text.append(contentsOf: place.estate)
    case UInt8(ascii: "f"): text.append(contentsOf: place.otherEstate)
    case UInt8(ascii: "s"): text.append(contentsOf: place.shop)
    case UInt8(ascii: "k"): text.append(contentsOf: place.station)
    case UInt8(ascii: "d"): text.append(contentsOf: place.district)
    case UInt8(ascii: "n"): append(place.number, &text)
    case UInt8(ascii: "b"): append(place.building, &text)
    default: break
    }
  }

  private func append(_ words: StaticString, _ text: inout [UInt8]) {
    words.withUTF8Buffer { text.append(contentsOf: $0) }
  }

  private func append(_ number: Int, _ text: inout [UInt8]) { text.append(contentsOf: String(number).utf8) }
}
