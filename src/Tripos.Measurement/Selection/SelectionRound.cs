namespace Tripos.Measurement.Selection;

/// <summary>The picks of one request, one place after the other; every pick closes the candidates it rules out.</summary>
internal ref struct SelectionRound
{
    private readonly ReadOnlySpan<Candidate> _candidates;
    private readonly SelectionRequest _request;
    private readonly SelectionScores _scores;
    private readonly Span<double> _chances;
    private readonly Span<int> _fromTopic;
    private readonly Span<bool> _open;
    private readonly int _dueAtStart;
    private readonly double _leastGain;
    private SeededRandom _random;
    private SelectionCounts _counts;
    private long _leftMs;
    private int _due;
    private int _others;
    private int _probes;

    public SelectionRound(ReadOnlySpan<Candidate> candidates, SelectionRequest request, SelectionScores scores, Span<double> chances, Span<int> fromTopic, Span<bool> open)
    {
        _candidates = candidates;
        _request = request;
        _scores = scores;
        _chances = chances;
        _fromTopic = fromTopic;
        _open = open;
        _random = new(request.Seed);
        _counts = new(request.Served, request.DueServed, request.ProbesServed);
        _leftMs = request.MostMs;
        fromTopic.Clear();
        for (int i = 0; i < candidates.Length; i++)
        {
            open[i] = IsAllowed(candidates[i]);
        }

        _leastGain = double.IsFinite(request.DaysToExam) ? MeanGainOfOthers() : double.NegativeInfinity;
        Count();
        _dueAtStart = _due + request.DueServed;
    }

    public int Fill(Span<Pick> picks)
    {
        int made = 0;
        while (made < picks.Length && _due + _others > 0)
        {
            var pick = Next(made);
            picks[made++] = pick;
            Close(_candidates[pick.Index]);
            Count();
        }

        return made;
    }

    private readonly bool IsAllowed(in Candidate candidate)
    {
        double repeatHours = (_request.Weights ?? SelectionWeights.For(_request.Mode)).RepeatHours;
        return candidate.ExposureShare < 1 && candidate.ExpectedMs <= _leftMs && _request.MostPerTopic > 0
            && (candidate.HoursSinceSeen >= repeatHours || IsReview(candidate));
    }

    // A mock test measures, so it has no reviews. Before an exam a review takes a place of its own only when it gains more for the day than other items do on average.
    private readonly bool IsReview(in Candidate candidate) => candidate.IsDue && _request.Mode != PracticeMode.Mock && candidate.RecallGainAtExam >= _leastGain;

    private readonly double MeanGainOfOthers()
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < _candidates.Length; i++)
        {
            bool other = _open[i] && !_candidates[i].IsDue;
            sum += other ? _candidates[i].RecallGainAtExam : 0;
            count += other ? 1 : 0;
        }

        return count == 0 ? double.NegativeInfinity : sum / count;
    }

    private void Count()
    {
        (_due, _others, _probes) = (0, 0, 0);
        for (int i = 0; i < _candidates.Length; i++)
        {
            if (!_open[i])
            {
                continue;
            }

            bool review = IsReview(_candidates[i]);
            _due += review ? 1 : 0;
            _others += review ? 0 : 1;
            _probes += !review && _candidates[i].IsProbe ? 1 : 0;
        }
    }

    private Pick Next(int made)
    {
        var (kind, chance) = NextKind();
        _counts = _counts.With(kind);
        var (index, share) = kind switch
        {
            PickKind.Due => (MostUrgent(), 1.0),
            PickKind.Probe => (AnyProbe(), 1.0 / (_probes > 0 ? _probes : _others)),
            _ => Draw(made),
        };
        var terms = _scores.Terms(index, made, _fromTopic[index]);
        var reason = kind switch
        {
            PickKind.Due => PickReason.ReviewDue,
            PickKind.Probe => PickReason.Calibration,
            _ => _scores.Reason(terms),
        };
        return new(index, kind, reason, terms, chance * share);
    }

    private (PickKind Kind, double Chance) NextKind()
    {
        double dueShare = _due == 0 ? 0 : SelectionQuotas.DueShare(_dueAtStart);
        double due = _due == 0 ? 0 : _others == 0 ? 1 : SelectionQuotas.Chance(dueShare, _counts.Places, _counts.Due);
        double probe = _others == 0 ? 0 : (1 - due) * SelectionQuotas.ProbeChance(_request.ProbeShare, dueShare, _counts);
        double draw = _random.NextDouble();
        return draw < due ? (PickKind.Due, due) : draw < due + probe ? (PickKind.Probe, probe) : (PickKind.Adaptive, 1 - due - probe);
    }

    private readonly int MostUrgent()
    {
        int best = -1;
        bool byExam = double.IsFinite(_request.DaysToExam);
        for (int i = 0; i < _candidates.Length; i++)
        {
            if (_open[i] && IsReview(_candidates[i]) && (best < 0 || IsMoreUrgent(_candidates[i], _candidates[best], byExam)))
            {
                best = i;
            }
        }

        return best;
    }

    private static bool IsMoreUrgent(in Candidate one, in Candidate other, bool byExam) =>
        byExam && one.RecallGainAtExam != other.RecallGainAtExam ? one.RecallGainAtExam > other.RecallGainAtExam : one.Retrievability < other.Retrievability;

    // Of the items not settled, and of all when every item is: difficulties may drift, and only chance shows it without bias.
    private int AnyProbe()
    {
        int nth = _random.Next(_probes > 0 ? _probes : _others);
        int i = -1;
        do
        {
            i++;
            nth -= _open[i] && !IsReview(_candidates[i]) && (_probes == 0 || _candidates[i].IsProbe) ? 1 : 0;
        }
        while (nth >= 0);

        return i;
    }

    // Boltzmann's draw: chances proportional to e^(utility / temperature).
    private (int Index, double Share) Draw(int made)
    {
        double most = double.NegativeInfinity;
        for (int i = 0; i < _candidates.Length; i++)
        {
            bool takesPart = _open[i] && !IsReview(_candidates[i]);
            _chances[i] = takesPart ? _scores.Utility(i, made, _fromTopic[i]) : double.NegativeInfinity;
            most = Math.Max(most, _chances[i]);
        }

        double sum = 0;
        for (int i = 0; i < _candidates.Length; i++)
        {
            _chances[i] = Math.Exp((_chances[i] - most) / _request.Temperature);
            sum += _chances[i];
        }

        return At(_random.NextDouble() * sum, sum);
    }

    private readonly (int Index, double Share) At(double point, double sum)
    {
        int last = 0;
        for (int i = 0; i < _candidates.Length; i++)
        {
            if (_chances[i] > 0)
            {
                last = i;
                point -= _chances[i];
                if (point < 0)
                {
                    break;
                }
            }
        }

        return (last, _chances[last] / sum);
    }

    private void Close(in Candidate picked)
    {
        _leftMs -= picked.ExpectedMs;
        for (int i = 0; i < _candidates.Length; i++)
        {
            ref readonly var candidate = ref _candidates[i];
            _fromTopic[i] += candidate.Topic == picked.Topic ? 1 : 0;
            _open[i] &= candidate.Item != picked.Item && (candidate.Group == 0 || candidate.Group != picked.Group)
                && candidate.ExpectedMs <= _leftMs && _fromTopic[i] < _request.MostPerTopic;
        }
    }
}
