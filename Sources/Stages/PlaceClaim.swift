/// The place a record claims outside its text, in one word: station, district and address, each as a hash of its name or
/// code, 0 where the record does not say. It keeps template texts apart: 路灯不亮 from two stations is two matters.
package struct PlaceClaim: Sendable, Hashable {
  package private(set) var packed: UInt64

  package init(packed: UInt64 = 0) { self.packed = packed }

  package init(station: UInt64, district: UInt64, address: UInt64) {
    packed = PlaceClaim.part(station, 0xFFFF) << 48 | PlaceClaim.part(district, 0xFFFF) << 32
      | PlaceClaim.part(address, 0xFFFF_FFFF)
  }

  /// Never 0 for something said.
  private static func part(_ hash: UInt64, _ mask: UInt64) -> UInt64 { hash == 0 ? 0 : max(1, hash & mask) }

  /// Whether both say the same place, or both say none.
  package func isSame(as other: PlaceClaim) -> Bool {
    if packed == other.packed { return true }
    let isStationSaid = packed >> 48 != 0 && other.packed >> 48 != 0
    let isAddressSaid = packed & 0xFFFF_FFFF != 0 && other.packed & 0xFFFF_FFFF != 0
    return (isStationSaid || isAddressSaid) && isCompatible(with: other)
  }

  /// Whether both can mean one place: stations agree where both name one; else district and address do.
  package func isCompatible(with other: PlaceClaim) -> Bool {
    let station = (packed >> 48, other.packed >> 48)
    if station.0 != 0 && station.1 != 0 { return station.0 == station.1 }
    let district = (packed >> 32 & 0xFFFF, other.packed >> 32 & 0xFFFF)
    if district.0 != 0 && district.1 != 0 && district.0 != district.1 { return false }
    let address = (packed & 0xFFFF_FFFF, other.packed & 0xFFFF_FFFF)
    return address.0 == 0 || address.1 == 0 || address.0 == address.1
  }
}
