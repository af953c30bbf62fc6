extension Verification {
  /// The search index holds nothing beyond its watermark and nothing erased, and its lists are lists.
  ///
  /// That every text stands under all its words is not looked at: the folding that makes them is not known here.
  func checkSearch() throws(StoreFault) {
    let watermark = try SearchIndex.watermark(session)
    if watermark > report.tail.submission { faults.add(.search, watermark) }
    var erased: [Int: Set<UInt16>] = [:]
    for number in erasures.submissions.keys {
      erased[SearchIndex.segment(number), default: []].insert(SearchIndex.place(number))
    }
    try session.each("SELECT segment, numbers FROM search_posting ORDER BY segment, word", []) { row in
      let bytes = row.bytes(1)
      let segment = Int(row.integer(0))
      let places = SearchIndex.places(bytes)
      let base = segment << SearchIndex.segmentBits
      var isList = !places.isEmpty && bytes.count % 2 == 0 && segment >= 0 && segment <= SearchIndex.segment(watermark)
      for index in places.indices.dropFirst() where places[index] <= places[index - 1] { isList = false }
      let last = Int(places.last ?? 0)
      if last >= SearchIndex.segmentLength || base + last > watermark { isList = false }
      if !isList { faults.add(.search, base) }
      if let gone = erased[segment], let place = places.first(where: gone.contains) {
        faults.add(.erasures, base + Int(place))
      }
    }
    let notes = try session.all(
      "SELECT t.submission FROM search_stale t WHERE t.submission NOT IN (SELECT number FROM submission) ORDER BY 1"
    ) { Int($0.integer(0)) }
    for number in notes { faults.add(.search, number) }
  }
}
