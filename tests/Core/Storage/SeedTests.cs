using Autofac;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Cases;
using EduAssist.Platform;

namespace EduAssist.Core.Storage;

/// <summary>Reference data that a module brings.</summary>
public class SeedTests
{
    [Theory, EveryDatabase]
    public void A_row_that_bears_no_mark_of_a_seed_is_named_at_the_start(DatabaseKind kind)
    {
        var refusal = Assert.Throws<OperatorException>(() =>
            new Stored(kind, today: null, setting: null, new CasesModule()).Dispose());
        Assert.Equal(
            "模块 cases 的基础数据含有 Case，它们没有实现 ISeeded，不能作为基础数据："
                + "请让这些表的类实现 ISeeded，并用 UnitOfWork.SeedAsync 写入。",
            refusal.Message);
    }

    private sealed class CasesModule : PolicyModule
    {
        public override string Id => "cases";

        public override string Title => "办件";

        protected override void Load(ContainerBuilder builder) =>
            builder.RegisterInstance<IContribution>(new Cases()).ExternallyOwned();
    }

    private sealed class Cases : IDataStartup
    {
        public Task SeedAsync(UnitOfWork work)
        {
            work.Db.Add(new Case { Id = work.NewId(), Workflow = "w", State = "s", Scope = "", Form = "{}" });
            return Task.CompletedTask;
        }
    }
}
