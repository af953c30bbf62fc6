package import Rules
internal import Text

/// Mines keywords and their weights from labelled texts, for a person to read, strike and sign.
///
/// The hand-written rules' points are added as they will be in use, and how sure a lead is, is measured on texts that
/// the weights were not learned from.
package struct TopicLearning: Sendable {
  /// Keywords in a layer. 14,000 reach a macro-F1 of 0.913 on 5,711 messages in five folds.
  package var keywordLimit = 14_000
  /// Of the texts the machine decides, the share that is to be right, in thousandths.
  package var aimedRight = 960

  private let texts: [LabelledText]
  private let book: RuleBook
  private let corpus: GramCorpus
  private let source = LearnedLayerSource()
  /// Topics that occur, in the book's order, and each text's position among them.
  private let labels: [Int]
  private let positions: [Int]
  private let training = LinearTraining()

  /// - Parameter book: its hand-written rules count; a layer it has does not.
  package init(_ texts: [LabelledText], book: RuleBook) {
    self.texts = texts
    self.book = book.withLayer(nil)
    let labels = Set(texts.map(\.topic)).sorted()
    self.labels = labels
    positions = texts.map { labels.firstIndex(of: $0.topic) ?? 0 }
    corpus = GramCorpus(texts, titleWeight: source.titleWeight, bodyLength: source.bodyLength)
  }

  /// A layer from all texts.
  package func learn() -> LearnedLayerSource { learn(from: Array(texts.indices)) }

  /// Texts in folds that have all topics in the same share: of each topic every n-th text.
  package func folds(_ count: Int, of chosen: [Int]) -> [[Int]] {
    var folds = [[Int]](repeating: [], count: count)
    var next = [Int](repeating: 0, count: labels.count)
    for text in chosen {
      folds[next[positions[text]] % count].append(text)
      next[positions[text]] += 1
    }
    return folds
  }

  /// Every text judged by a book that was learned without it: honest figures.
  ///
  /// - Parameter mistakeLimit: wrong verdicts kept with their reasons, which are those of the book that judged them.
  package func crossValidated(_ count: Int, mistakeLimit: Int = 0) -> TopicEvaluation {
    var evaluation = TopicEvaluation(labels: labels, mistakeLimit: mistakeLimit)
    for fold in folds(count, of: Array(texts.indices)) {
      let held = Set(fold)
      let layer = learn(from: texts.indices.filter { !held.contains($0) })
      evaluation.add(texts, numbered: fold, by: book.withLayer(layer))
    }
    return evaluation
  }

  private func learn(from chosen: [Int]) -> LearnedLayerSource {
    // Leads of texts under weights that were learned without them.
    var leads: [(lead: Int, isRight: Bool)] = []
    for fold in folds(5, of: chosen) {
      let held = Set(fold)
      let layer = weigh(chosen.filter { !held.contains($0) })
      var evaluation = TopicEvaluation(labels: labels)
      evaluation.add(texts, numbered: fold, by: book.withLayer(layer))
      leads += evaluation.verdicts.map { ($0.lead, $0.isRight) }
    }
    var layer = weigh(chosen)
    layer.confidence = ConfidenceScale(measured: leads, aimedRight: aimedRight)
    return layer
  }

  /// Weights alone; the scale of confidence is left open.
  private func weigh(_ chosen: [Int]) -> LearnedLayerSource {
    let grams = corpus.select(keywordLimit, from: chosen, topics: positions, topicCount: labels.count)
    var place = [Int32](repeating: -1, count: corpus.keys.count)
    for (index, gram) in grams.enumerated() { place[gram] = Int32(index) }
    var having = [Int](repeating: 0, count: grams.count)
    for text in chosen {
      for count in corpus.texts[text] where place[Int(count.gram)] >= 0 { having[Int(place[Int(count.gram)])] += 1 }
    }
    let rarity = having.map { LearnedLayer.rarity(texts: chosen.count, with: $0) }
    let vectors = chosen.map { text in
      var vector = SparseVector(positions: [], values: [])
      var squares = 0
      for count in corpus.texts[text] where place[Int(count.gram)] >= 0 {
        let position = place[Int(count.gram)]
        let share = LearnedLayer.frequency(Int(count.times)) * rarity[Int(position)] / 1000
        squares += share * share
        vector.positions.append(position)
        vector.values.append(Float(share))
      }
      let length = Float(LearnedLayer.length(squares: squares))
      for index in vector.values.indices { vector.values[index] /= length }
      return vector
    }
    let machines = training.train(
      vectors, topics: chosen.map { positions[$0] }, topicCount: labels.count, dimensions: grams.count)

    var layer = source
    layer.texts = chosen.count
    layer.topics = labels.indices.map { position in
      LearnedLayerSource.TopicEntry(
        code: book.topics[labels[position]].code, texts: chosen.count { positions[$0] == position },
        bias: Int((machines[position].bias * 1000).rounded()))
    }
    layer.keywords = grams.indices.map { index in
      LearnedKeyword(
        scalars: corpus.scalars(grams[index]), texts: having[index],
        weights: machines.map { Int(($0.weights[index] * 1000).rounded()) })
    }
    return layer
  }
}

extension ConfidenceScale {
  /// A scale from decisions whose truth is known: the share right by lead, made to rise by pooling neighbours that fall
  /// (Ayer et al. 1955), in twenty steps of as many decisions each.
  ///
  /// - Parameter aimedRight: thousandths; the machine decides from the smallest lead at which this share of all decisions
  ///   with at least that lead is right.
  package init(measured leads: [(lead: Int, isRight: Bool)], aimedRight: Int) {
    let sorted = leads.sorted { $0.lead < $1.lead }
    var pools: [(leads: Int, right: Int, count: Int)] = []
    let size = max(1, sorted.count / 20)
    for from in stride(from: 0, to: sorted.count, by: size) {
      let step = sorted[from..<min(sorted.count, from + size)]
      pools.append((step.reduce(0) { $0 + $1.lead }, step.count { $0.isRight }, step.count))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard last.right * before.count <= before.right * last.count else { break }
        pools.removeLast(2)
        pools.append((before.leads + last.leads, before.right + last.right, before.count + last.count))
      }
    }
    var points: [Point] = []
    for pool in pools {
      // By Laplace's rule of succession: however many were right, the next one may be wrong.
      let point = Point(lead: pool.leads / pool.count, right: (pool.right + 1) * 1000 / (pool.count + 2))
      if points.last.map({ $0.lead < point.lead }) ?? true { points.append(point) }
    }
    var right = 0
    var decides = (sorted.last?.lead ?? 0) + 1
    for (index, decision) in sorted.reversed().enumerated() {
      if decision.isRight { right += 1 }
      if right * 1000 >= aimedRight * (index + 1) { decides = decision.lead }
    }
    self.init(points: points, decides: decides)
  }
}
