extension Verification {
  /// Messages against the history they tell of and the deliveries they stand for.
  func checkOutbox() throws(StoreFault) {
    let wrong = try session.all(
      """
      SELECT o.id FROM outbox o
      WHERE o.event <> 0 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.seq = o.event) OR o.state <> CASE
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = o.id AND d.state = 0) THEN 0
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = o.id AND d.state = 3) THEN 3
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = o.id AND d.state = 1) THEN 1 ELSE 2 END
      UNION SELECT d.outbox FROM delivery d
      WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = d.outbox)
        OR NOT EXISTS (SELECT 1 FROM receiver r WHERE r.id = d.receiver)
      ORDER BY 1
      """) { Int($0.integer(0)) }
    for id in wrong { faults.add(.outbox, id) }
  }
}
