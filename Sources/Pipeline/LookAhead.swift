import Stages
import Suggestions

/// The beginning of the input, classified but not decided: when it is all there is, only the part of history it asks
/// for has to be read into memory.
struct LookAhead {
  private(set) var parcels: [Parcel<Classified>] = []
  /// What it asks for; nil when there is more input than was looked at.
  private(set) var filter: HistoryFilter?

  /// Records and bytes looked at. What more there is to decide pays for whole indexes.
  private static let mostRecords = 1 << 14
  private static let mostBytes = 16 << 20

  /// Takes parcels from the channel until it is closed or enough are there. They hold no permits from then on, so the
  /// reader does not wait for them.
  init(_ channel: OrderedHandOff<Parcel<Classified>>, _ permits: Permits) {
    var filter = HistoryFilter()
    var (records, bytes) = (0, 0)
    while let parcel = channel.receive() {
      parcels.append(parcel)
      parcel.release(permits)
      let batch = parcel.take()
      records += batch.columns.rows.count
      bytes += batch.columns.drafts.arena.count
      if records <= LookAhead.mostRecords { filter.add(batch.columns) }
      parcel.put(batch)
      if records > LookAhead.mostRecords || bytes > LookAhead.mostBytes { return }
    }
    self.filter = filter
  }
}
