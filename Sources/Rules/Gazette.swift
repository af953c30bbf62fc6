package import Suggestions

/// A subject in the topic tree; the parent's code is a prefix of its own.
package struct Topic: Sendable {
  package var code: String
  package var name: String
  package var englishName: String
  /// Index of the parent in the book's topics; nil on the first level.
  package var parent: Int?
  /// 1, 2 or 3.
  package var level: Int
}

package enum Tier: String, Sendable, CaseIterable {
  case city, district, utility, station, other
}

/// A body that handles suggestions.
package struct Department: Sendable {
  package var code: String
  package var name: String
  package var shortName: String
  package var englishName: String
  /// Name of its counterpart in a district, with {区} for the district's name; nil when it has none.
  package var districtPattern: String?
  package var tier: Tier

  /// The name of the body that acts for a region: the district's own counterpart where the route goes there.
  package func name(tier: Tier, district: Region?) -> String {
    guard tier == .district, let district, let districtPattern else { return name }
    return districtPattern.replacing("{区}", with: district.name)
  }
}

package enum RegionLevel: String, Sendable, CaseIterable {
  case city, county, zone, street
  /// 社区, 村: the lowest, below a street or town.
  case community
}

/// An administrative area, or a functional zone laid over streets of one.
package struct Region: Sendable {
  package var code: String
  package var name: String
  package var englishName: String
  package var level: RegionLevel
  package var parent: Int?
  /// For a zone: the streets it covers.
  package var covers: [Int]
}

/// A name by which texts mean a place.
package struct PlaceName: Sendable {
  package enum Meaning: Sendable, Hashable {
    case region(Int)
    /// A road inside a region; one that runs through several is ambiguous.
    case road(region: Int)
    /// A square, a hospital, a bridge: something well known that lies in a region.
    case landmark(region: Int)
    case station(Int)
    case ambiguous(Int)
    /// A word or a place elsewhere that contains one of our names: 世外桃源, 天津市.
    case elsewhere
  }

  package var name: String
  package var meaning: Meaning
  /// Streets are renamed and merged: a name counts on the days it is in use.
  package var validity: Validity
}

/// A name that means more than one place; people are asked, nothing is guessed.
package struct AmbiguousPlace: Sendable {
  package var name: String
  package var candidates: [Int]
  package var question: String
  package var englishQuestion: String
  /// A road that runs through several regions.
  package var isRoad = false
}

package struct Station: Sendable {
  package var code: String
  package var name: String
  package var region: Int
  package var address: String
  package var facilities: [String]
}

/// One line of the routing table: what it asks for, and who leads.
package struct RoutingRule: Sendable {
  package var id: String
  package var topic: Int?
  package var region: Int?
  package var kind: Kind?
  package var lead: Int
  package var coHandlers: [Int]
  package var tier: Tier
}

/// Where a suggestion goes.
package struct RoutingDecision: Sendable, Hashable {
  /// Index of the route; nil when the fallback decided.
  package var route: Int?
  package var lead: Int
  package var coHandlers: [Int]
  package var tier: Tier
}
