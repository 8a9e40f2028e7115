using EduAssist.Kernel.Policy;
using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using EduAssist.Platform;

namespace EduAssist.Web.Pages;

/// <summary>The colours of badges. What is said by a colour is always said by the word too.</summary>
internal static class Tones
{
    internal static string For(CaseState? state, IReadOnlyList<CaseState> states) =>
        state is null ? "gray"
        : state.IsFinal ? "gray"
        : state == states[0] ? "amber"
        : "blue";

    internal static string For(Verdict verdict) =>
        verdict switch
        {
            Verdict.Eligible or Verdict.Covered => "green",
            Verdict.Ineligible => "red",
            Verdict.Undetermined => "amber",
            _ => "gray",
        };

    internal static string For(Outcome outcome) =>
        outcome switch
        {
            Outcome.Satisfied => "green",
            Outcome.Violated => "red",
            Outcome.Unknown => "amber",
            _ => "gray",
        };

    internal static string For(EffectState state) =>
        state switch
        {
            EffectState.Allowed => "green",
            EffectState.Awaiting => "amber",
            _ => "red",
        };

    internal static string For(NeedState state) =>
        state switch
        {
            NeedState.Satisfied => "green",
            NeedState.Violated => "red",
            _ => "amber",
        };

    internal static string For(ConfirmationState state) =>
        state switch
        {
            ConfirmationState.Confirmed => "green",
            ConfirmationState.Rejected => "red",
            ConfirmationState.Withdrawn => "gray",
            _ => "amber",
        };

    internal static string For(Instance instance, IListing listing, Column column, object? value) =>
        value switch
        {
            Verdict verdict => For(verdict),
            string state
                when column.Codes == CodeSystem.CaseState
                    && instance.Catalogue.StatesOf(listing).FirstOrDefault(s => s.Id == state) is { } known =>
                known.IsFinal ? "gray" : "blue",
            _ => "gray",
        };
}
