internal import Suggestions

/// A moment as zip files have it: two words, in steps of two seconds, from 1980 on.
struct DOSTime {
  let date: UInt16
  let time: UInt16

  /// - Parameter instant: seconds since 1970; on clocks in Greenwich.
  init(_ instant: Int64) {
    let civil = CivilTime(max(instant, 315_532_800), offset: 0)
    date = UInt16(min(civil.year, 2107) - 1980) << 9 | UInt16(civil.month) << 5 | UInt16(civil.day)
    time = UInt16(civil.hour) << 11 | UInt16(civil.minute) << 5 | UInt16(civil.second / 2)
  }
}
