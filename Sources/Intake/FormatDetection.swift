internal import Suggestions

/// How a profile fails to fit a file: names of elements and keys only, never a value.
package struct Mismatch: Sendable, Hashable {
  /// Name of the profile.
  package let profile: String
  /// What its files have and this one has not.
  package let expected: [String]
  /// What was found instead.
  package let found: [String]
}

/// Which profile fits a file.
package enum Detection: Sendable {
  case match(FormProfile)
  /// None; the closest first.
  case unknown(closest: [Mismatch])
}

/// Finds the profile for a file by the names in its beginning.
///
/// A profile fits when its records are where it says and at least one of them has every required field that comes from
/// the file. Among those that fit, the one with the most names in common and the fewest unknown ones is taken.
package enum FormatDetection {
  /// Bytes of the file that are looked at.
  package static let prefixBytes = 256 << 10

  package static func detect(prefix: [UInt8], fileName: String, profiles: [FormProfile]) -> Detection {
    let head = prefix.prefix(prefixBytes)
    let bytes = Array(head.starts(with: ByteOrder.mark) ? head.dropFirst(3) : head)
    let sample = FileSample(bytes: bytes)
    var best: (score: Double, profile: FormProfile)?
    var mismatches: [(score: Double, mismatch: Mismatch)] = []
    for profile in profiles.filter(\.isDetected).sorted(by: { $0.name < $1.name }) {
      let records = sample.records(profile)
      let fit = fit(records.records, profile, shown: records.place)
      if let score = fit.score {
        if score > best?.score ?? -1 { best = (score, profile) }
      } else {
        mismatches.append((fit.closeness - (sample.isWritten(as: profile.format) ? 0 : 2), fit.mismatch))
      }
    }
    if let best { return .match(best.profile) }
    // The sort keeps the order of names among equals.
    let ordered = mismatches.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    return .unknown(closest: ordered.map(\.element.mismatch))
  }

  /// The names of one record, by the paths profiles use.
  typealias Names = Set<String>

  private static func fit(
    _ records: [Names], _ profile: FormProfile, shown place: String?
  ) -> (score: Double?, closeness: Double, mismatch: Mismatch) {
    let places = profile.format == .opinionBook ? "民意征集本 v1" : placeName(profile)
    guard profile.format != .opinionBook else {
      let isBook = place == places
      return (
        isBook ? 1 : nil, 0, Mismatch(profile: profile.name, expected: [places], found: isBook ? [] : short(place))
      )
    }
    let required = profile.mappings.filter {
      profile.required.contains($0.field) && $0.fallback == nil && !$0.paths.isEmpty
    }
    var best = (score: -1.0, fits: false, missing: [places], found: short(place))
    for names in records {
      let missing = required.filter { mapping in !mapping.paths.contains { names.contains($0.text) } }
      let mapped = profile.mappings.filter { mapping in mapping.paths.contains { names.contains($0.text) } }
      let known = Set(profile.mappings.flatMap { $0.paths.map(\.text) })
      // A group whose members are mapped is known itself, and so is what stands inside an unknown one.
      let strange = names.filter { name in
        !known.contains(name) && !known.contains { $0.hasPrefix(name + "/") || $0.hasPrefix(name + ".") }
      }
      let score = Double(mapped.count) / Double(profile.mappings.count { !$0.paths.isEmpty } + strange.count)
      let isBetter = missing.isEmpty == best.fits ? score > best.score : missing.isEmpty
      if isBetter {
        best = (
          score, missing.isEmpty, missing.map { $0.paths.map(\.text).joined(separator: " | ") },
          names.sorted().prefix(12).map { String($0.prefix(64)) }
        )
      }
    }
    if !best.fits, place == places {
      // The right root and no record in it: an empty export.
      return (0, 0, Mismatch(profile: profile.name, expected: [], found: []))
    }
    return (
      best.fits ? best.score : nil, best.score,
      Mismatch(profile: profile.name, expected: best.missing, found: best.found)
    )
  }

  private static func short(_ name: String?) -> [String] { name.map { [String($0.prefix(64))] } ?? [] }

  static func placeName(_ profile: FormProfile) -> String {
    profile.places.map { steps in
      profile.format == .xml
        ? "/" + steps.joined(separator: "/") : steps.isEmpty ? "[…]" : steps.joined(separator: ".") + ": […]"
    }.joined(separator: " | ")
  }
}
