using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Adaptive;

/// <summary>The choice of one item at one estimate.</summary>
internal ref struct CatChoosing
{
    private const double FirstShareOfInformation = 0.7; // from here to 1 as the test proceeds
    private const int PriceSteepness = 12; // an item costs next to nothing until it nears the exposure limit
    private const double NeverSeen = 1000;

    private readonly ReadOnlySpan<CatItem> _bank;
    private readonly ReadOnlySpan<CatItem> _answered;
    private readonly CatSettings _settings;
    private readonly AbilityEstimate _ability;
    private readonly ulong _seed;
    private readonly int? _area;
    private SeededRandom _random;

    public CatChoosing(ReadOnlySpan<CatItem> bank, ReadOnlySpan<CatItem> answered, CatSettings settings, AbilityEstimate ability, ulong seed)
    {
        _bank = bank;
        _answered = answered;
        _settings = settings;
        _ability = ability;
        _seed = seed;
        _random = new(unchecked(seed + ((ulong)answered.Length * 0xD1342543DE82EF95)));
        _area = settings.Blueprint is null ? null : LargestDeficit(settings.Blueprint);
        for (int i = 0; i < bank.Length; i++)
        {
            MostInformation = IsOpen(i) ? Math.Max(MostInformation, Information(bank[i], ability.Theta)) : MostInformation;
        }
    }

    /// <summary>The information of the best item that may be asked, at the estimate.</summary>
    public double MostInformation { get; private set; }

    /// <summary>The information of an item, the error of its own difficulty taken off.</summary>
    public static double Information(in CatItem item, double theta) => ItemResponse.Information(theta, AbilityPosterior.Attenuated(item.A, item.BStandardError), item.B, item.C);

    /// <summary>Index of the item to ask, or -1 when none may be.</summary>
    public int Choose() => _settings.Rule switch
    {
        CatRule.Randomesque => OneOfTheBest(Math.Max(1, _settings.RandomesqueCount)),
        CatRule.ProgressiveRestricted => Progressive(),
        CatRule.SympsonHetter => Administered(),
        _ => OneOfTheBest(1),
    };

    private readonly bool IsAnswered(int index)
    {
        foreach (ref readonly var answered in _answered)
        {
            if (answered.Item == _bank[index].Item)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsOpen(int index) => (_area is null || _bank[index].Content == _area) && !IsBarred(index) && !IsAnswered(index);

    private readonly bool IsBarred(int index) => _settings.Rule == CatRule.ProgressiveRestricted && _bank[index].ExposureRate >= _settings.MaxExposure;

    // The area that most lacks its share of the test so far and the next item, among those that still have an item.
    private readonly int? LargestDeficit(IReadOnlyDictionary<int, double> blueprint)
    {
        int? area = null;
        double largest = double.NegativeInfinity;
        for (int i = 0; i < _bank.Length; i++)
        {
            int content = _bank[i].Content;
            if (content != area && Deficit(blueprint, content) is var deficit && deficit > largest && !IsAnswered(i))
            {
                (area, largest) = (content, deficit);
            }
        }

        return area;
    }

    private readonly double Deficit(IReadOnlyDictionary<int, double> blueprint, int content)
    {
        double share = blueprint.TryGetValue(content, out double target) ? target : 0;
        int asked = 0;
        foreach (ref readonly var item in _answered)
        {
            asked += item.Content == content ? 1 : 0;
        }

        return share > 0 ? (share * (_answered.Length + 1)) - asked : -1e6 - asked;
    }

    private int OneOfTheBest(int count)
    {
        Span<(int Index, double Information)> best = stackalloc (int, double)[Math.Min(count, 64)];
        int found = 0;
        for (int i = 0; i < _bank.Length; i++)
        {
            if (!IsOpen(i))
            {
                continue;
            }

            double information = Information(_bank[i], _ability.Theta);
            int at = found;
            while (at > 0 && best[at - 1].Information < information)
            {
                at--;
            }

            if (at < best.Length)
            {
                found = Math.Min(found + 1, best.Length);
                best[at..(found - 1)].CopyTo(best[(at + 1)..]);
                best[at] = (i, information);
            }
        }

        return found == 0 ? -1 : best[_random.Next(found)].Index;
    }

    // Chance counts for less as the test proceeds, and information for less as an item nears the limit, so that use spreads before bars fall.
    // Items nobody has seen open tests until all have been used.
    private int Progressive()
    {
        double done = FirstShareOfInformation + ((1 - FirstShareOfInformation) * Math.Sqrt(Progress()));
        int best = -1;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < _bank.Length; i++)
        {
            double chance = _random.NextDouble(); // one draw per item, so that an item's draw does not depend on others
            if (!IsOpen(i))
            {
                continue;
            }

            double price = Math.Pow(_bank[i].ExposureRate / _settings.MaxExposure, PriceSteepness);
            double value = ((1 - done) * chance * MostInformation) + (done * (1 - price) * Information(_bank[i], _ability.Theta));
            value += _answered.Length == 0 && _bank[i].ExposureRate == 0 ? NeverSeen * (1 + chance) : 0;
            if (value > highest)
            {
                (best, highest) = (i, value);
            }
        }

        return best >= 0 ? best : LeastSeen();
    }

    // A bank too small for its limit: the test goes on with what was seen least.
    private readonly int LeastSeen()
    {
        int best = -1;
        for (int i = 0; i < _bank.Length; i++)
        {
            if ((_area is null || _bank[i].Content == _area) && !IsAnswered(i) && (best < 0 || _bank[i].ExposureRate < _bank[best].ExposureRate))
            {
                best = i;
            }
        }

        return best;
    }

    // How far the test is: the share of the information it needs, or of the items it may have.
    private readonly double Progress()
    {
        double needed = (1 / (_settings.StopStandardError * _settings.StopStandardError)) - (1 / (_settings.PriorDeviation * _settings.PriorDeviation));
        double gained = (1 / (_ability.StandardError * _ability.StandardError)) - (1 / (_settings.PriorDeviation * _settings.PriorDeviation));
        double byInformation = needed > 0 ? gained / needed : 1;
        double byLength = (double)_answered.Length / _settings.MaxItems;
        return Math.Clamp(Math.Max(byInformation, byLength), 0, 1);
    }

    // Down the list by information, passing over items whose draw for this session refuses them; the last one is asked in any case.
    private readonly int Administered()
    {
        int best = -1, fallback = -1;
        double highest = -1, fallbackHighest = -1;
        for (int i = 0; i < _bank.Length; i++)
        {
            if (!IsOpen(i))
            {
                continue;
            }

            double information = Information(_bank[i], _ability.Theta);
            bool asked = new SeededRandom(unchecked(_seed ^ ((ulong)_bank[i].Item * 0x9E3779B97F4A7C15))).NextDouble() < _bank[i].AdministrationChance;
            if (asked && information > highest)
            {
                (best, highest) = (i, information);
            }
            else if (!asked && information > fallbackHighest)
            {
                (fallback, fallbackHighest) = (i, information);
            }
        }

        return best >= 0 ? best : fallback;
    }
}
