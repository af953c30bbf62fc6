package import Rules
internal import Text

/// A place two texts both mean.
package struct SharedPlace: Sendable, Hashable {
  package var level: PlaceLevel
  /// As the texts or the book have it.
  package var name: String
}

/// What two texts mean by their places, from what a rule book makes of each.
package struct MeantPlaces: Sendable {
  /// By how the text has them: roads, crossings and landmarks.
  private var named: [SharedPlace] = []
  private var region: Int?
  private var station: Int?
  /// Roads the book does not know, told by their last character.
  private var unknownRoads: [String] = []

  private static let roadEndings = scalars("路街巷")
  /// Characters before an ending that make an ordinary word of it.
  private static let noRoadNames = scalars("个大小条这那几的在到从各每主该本过段马道公走线修铁网电字口上下老了是有一")

  private static func scalars(_ text: String) -> Set<UInt32> { Set(text.unicodeScalars.map { $0.value }) }

  /// - Parameters:
  ///   - named: what the text names, in the scalars of its title and body.
  ///   - folded: title and body.
  init(
    _ judgement: Judgement, _ named: [NamedPlace], title: String, body: String, folded: UnsafeBufferPointer<UInt32>
  ) {
    region = judgement.region
    station = judgement.station
    let parts = [
      ExplainedSpan.Part.title: Array(title.unicodeScalars), ExplainedSpan.Part.body: Array(body.unicodeScalars),
    ]
    for place in named {
      guard let level = place.level, [.road, .crossing, .landmark].contains(level), let scalars = parts[place.part],
        place.scalars.upperBound <= scalars.count
      else { continue }
      let name = Folding.string(Folding.scalars(String(String.UnicodeScalarView(scalars[place.scalars]))))
      let shared = SharedPlace(level: level, name: name)
      if !self.named.contains(shared) { self.named.append(shared) }
    }
    for end in folded.indices.dropFirst(2) where MeantPlaces.endsRoad(folded, end) {
      let name = Folding.string(Array(folded[end - 2...end]))
      if !unknownRoads.contains(name), !self.named.contains(where: { $0.name.contains(name) }) {
        unknownRoads.append(name)
      }
    }
  }

  /// Whether a name of two Han characters and 路, 街 or 巷 ends there: 花溪路, not 这条路, 大马路 or 白马湖街道.
  private static func endsRoad(_ text: UnsafeBufferPointer<UInt32>, _ end: Int) -> Bool {
    guard roadEndings.contains(text[end]), end + 1 == text.count || text[end + 1] != 0x9053 else { return false }
    return text[end - 2..<end].allSatisfy { (0x4E00...0x9FFF).contains($0) && !noRoadNames.contains($0) }
  }

  /// The smallest first; the district only where nothing smaller is shared.
  package func shared(with other: MeantPlaces, _ book: RuleBook) -> [SharedPlace] {
    var shared: [SharedPlace] = []
    if let station, station == other.station {
      shared.append(SharedPlace(level: .station, name: book.stations[station].name))
    }
    for level in [PlaceLevel.crossing, .landmark, .road] {
      shared += named.filter { $0.level == level && other.named.contains($0) }
    }
    shared += unknownRoads.filter(other.unknownRoads.contains).map { SharedPlace(level: .road, name: $0) }
    guard let region, let otherRegion = other.region else { return shared }
    let level = book.regions[region].level
    if region == otherRegion, level == .street || level == .community {
      shared.append(SharedPlace(level: PlaceLevel(level), name: book.regions[region].name))
    } else if shared.isEmpty, let district = book.district(ofRegion: region),
      district == book.district(ofRegion: otherRegion)
    {
      shared.append(SharedPlace(level: PlaceLevel(book.regions[district].level), name: book.regions[district].name))
    }
    return shared
  }
}
