package import Casework

/// All cases once, some thousands at a time, for those who let others at the connection in between. What is taken in
/// after it began is left out; an act in between is in the history of a case that comes later, so figures of the moment
/// it began leave that out themselves.
package struct CaseRecordTour: Sendable {
  /// Number of the last event of the history when it began.
  package let event: Int
  /// Numbers of the largest suggestion and of the last that was read.
  package let end: Int
  package fileprivate(set) var done = 0
  fileprivate let intakes: IntakeMoments

  package var isAtEnd: Bool { done >= end }
}

extension SuggestionStore {
  package func beginTour() throws(StoreFault) -> CaseRecordTour {
    try snapshot { session throws(StoreFault) in
      CaseRecordTour(
        event: Int(try session.integer("SELECT coalesce(max(seq), 0) FROM event")),
        end: Int(try session.integer("SELECT coalesce(max(id), 0) FROM suggestion")),
        intakes: try IntakeMoments(session))
    }
  }

  /// The next cases of a tour. `body` must not come back to the store: its connection is taken.
  ///
  /// - Parameter regionPath: a region's code, then the codes of what it lies in.
  package func read(
    _ tour: inout CaseRecordTour, regionPath: (String) -> [String], _ body: (CaseRecord) -> Void
  ) throws(StoreFault) {
    let page = try snapshot { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        try CaseRecordPage(
          after: tour.done, through: tour.end, try CaseRows(session, regionPath: path), tour.intakes)
      }
    }
    for record in page.records { body(record) }
    tour.done = page.last ?? tour.end
  }

  /// Number of the last event of the history: whether anything happened since.
  package func lastEvent() throws(StoreFault) -> Int {
    try read { session throws(StoreFault) in Int(try session.integer("SELECT coalesce(max(seq), 0) FROM event")) }
  }
}
