using Tripos.Measurement.Irt;
using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Selection;

/// <summary>The utility of every candidate: what never changes is computed once, what depends on earlier picks again for every place.</summary>
internal ref struct SelectionScores
{
    private const double TargetWidth = 0.12;
    private const double SharesOver = 20; // one pick moves a served share by at most a twentieth

    private readonly ReadOnlySpan<Candidate> _candidates;
    private readonly SelectionWeights _weights;
    private readonly SelectionRequest _request;
    private readonly Span<double> _constant;
    private readonly Span<double> _information;
    private readonly double _mostInformation;
    private readonly double _largestShare;
    private SelectionTerms _mean;

    public SelectionScores(ReadOnlySpan<Candidate> candidates, SelectionRequest request, Span<double> constant, Span<double> information)
    {
        _candidates = candidates;
        _request = request;
        _weights = request.Weights ?? SelectionWeights.For(request.Mode);
        _constant = constant;
        _information = information;
        for (int i = 0; i < candidates.Length; i++)
        {
            information[i] = _weights.Information == 0 ? 0 : FallOfDeviation(candidates[i]);
            _mostInformation = Math.Max(_mostInformation, information[i]);
            _largestShare = Math.Max(_largestShare, candidates[i].TopicShare);
        }

        Prepare();
    }

    /// <summary>The utility of a candidate after some picks, some of them from its topic.</summary>
    public readonly double Utility(int index, int picks, int fromTopic)
    {
        ref readonly var candidate = ref _candidates[index];
        return _constant[index] + (_weights.Weak * Weak(candidate, fromTopic)) + (_weights.Blueprint * Blueprint(candidate, picks, fromTopic));
    }

    /// <summary>All terms of a candidate.</summary>
    public readonly SelectionTerms Terms(int index, int picks, int fromTopic)
    {
        ref readonly var candidate = ref _candidates[index];
        var terms = Constant(index) with { Weak = Weak(candidate, fromTopic), Blueprint = Blueprint(candidate, picks, fromTopic) };
        return terms with { Utility = Utility(index, picks, fromTopic) };
    }

    /// <summary>The reason that lifts a candidate most above the average candidate.</summary>
    public readonly PickReason Reason(in SelectionTerms terms)
    {
        var best = (Reason: PickReason.Stretch, Lift: _weights.Target * (terms.Target - _mean.Target));
        Consider(ref best, PickReason.WeakTopic, _weights.Weak * (terms.Weak - _mean.Weak));
        Consider(ref best, PickReason.ReviewDue, _weights.Due * (terms.Due - _mean.Due));
        Consider(ref best, PickReason.Blueprint, _weights.Blueprint * (terms.Blueprint - _mean.Blueprint));
        Consider(ref best, PickReason.Informative, _weights.Information * (terms.Information - _mean.Information));
        Consider(ref best, PickReason.Preference, _weights.Preference * (terms.Preference - _mean.Preference));
        Consider(ref best, PickReason.Fresh, _weights.Novelty * (terms.Novelty - _mean.Novelty));
        return best.Reason;
    }

    private static void Consider(ref (PickReason Reason, double Lift) best, PickReason reason, double lift) => best = lift > best.Lift ? (reason, lift) : best;

    private void Prepare()
    {
        for (int i = 0; i < _candidates.Length; i++)
        {
            var terms = Constant(i);
            _constant[i] = terms.Utility;
            double weight = 1.0 / _candidates.Length;
            _mean = new(
                _mean.Target + (weight * terms.Target), _mean.Information + (weight * terms.Information), _mean.Weak + (weight * Weak(_candidates[i], 0)),
                _mean.Due + (weight * terms.Due), _mean.Blueprint + (weight * Blueprint(_candidates[i], 0, 0)), _mean.Preference + (weight * terms.Preference),
                _mean.Novelty + (weight * terms.Novelty), 0, 0, 0);
        }
    }

    // The terms that no pick changes, with their weighted sum.
    private readonly SelectionTerms Constant(int index)
    {
        ref readonly var candidate = ref _candidates[index];
        double off = (candidate.Success - _request.TargetSuccess) / TargetWidth;
        double target = Share(Math.Exp(-off * off));
        double information = _mostInformation > 0 ? _information[index] / _mostInformation : 0;
        double due = Share(double.IsFinite(_request.DaysToExam) ? candidate.RecallGainAtExam : 1 - candidate.Retrievability);
        double preference = candidate.MatchesPreference ? 1 : 0;
        double novelty = double.IsPositiveInfinity(candidate.HoursSinceSeen) ? 1 : 0;
        double exposure = Share(candidate.ExposureShare);
        double repeat = Share(Math.Exp(-candidate.HoursSinceSeen / 24));
        double utility = (_weights.Target * target) + (_weights.Information * information) + (_weights.Due * due) + (_weights.Preference * preference)
            + (_weights.Novelty * novelty) - (_weights.Exposure * exposure) - (_weights.Repeat * repeat);
        return new(target, information, 0, due, 0, preference, novelty, exposure, repeat, utility);
    }

    private static double Weak(in Candidate candidate, int fromTopic) => Share(candidate.Weakness) / (1 + fromTopic);

    private readonly double Blueprint(in Candidate candidate, int picks, int fromTopic)
    {
        double over = Math.Max(SharesOver, _request.Served);
        double served = ((candidate.ServedShare * over) + fromTopic) / (over + picks);
        return _largestShare > 0 ? Share((candidate.TopicShare - served) / _largestShare) : 0;
    }

    // Glicko's deviation before the answer minus after it: the less sure the ability, the more an answer is worth.
    private static double FallOfDeviation(in Candidate candidate)
    {
        double g = RatingScale.Trust(candidate.DifficultyDeviation * candidate.DifficultyDeviation);
        double difference = RatingScale.LogitsPerPoint * (candidate.AbilityPoints - candidate.DifficultyPoints);
        double information = RatingScale.LogitsPerPoint * RatingScale.LogitsPerPoint * ItemResponse.Information(difference, g, 0, candidate.Guess);
        double deviation = candidate.AbilityDeviation;
        double fall = deviation - (1 / Math.Sqrt((1 / (deviation * deviation)) + information));
        return fall > 0 ? fall : 0;
    }

    private static double Share(double value) => value > 0 ? Math.Min(value, 1) : 0; // not a number counts as nothing
}
