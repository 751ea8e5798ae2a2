(* The limit polytope: leader-vertex and limit-set. *)
From Exactdyn Require Export Convergence Farkas.
Import ListNotations.
Open Scope Q_scope.

Section LimitPolytope.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation run := (run s).
Notation attends_b := (attends_b s).
Notation form := (form s).
Notation dot := (dot s).
Notation same := (same s).
Notation hull := (hull s).
(* along the layers k, k+p, k+2p, ... tokens tend to the rows of L; who leads at any layer leads at layer k *)
Variables (k p : nat).
Hypothesis Hp : (0 < p)%nat.
Hypothesis tau_0 : 0 <= tau.
Hypothesis tau_1 : tau < 1.
Variable L : state.
Hypothesis along : forall x eps, (x < d)%nat -> 0 < eps ->
  exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run (k + p * m) i x - L i x) <= eps.
Hypothesis leader_first : forall m i, (i < n)%nat -> leader s m i -> leader s k i.

Lemma hull_dot f Y x M : hull Y x -> (forall j, (j < n)%nat -> dot f (Y j) <= M) -> dot f x <= M.
Proof.
  intros [v [Hv Hx]] H. rewrite (dot_ext s f f x _ (same_refl s f) Hx), dot_sum. apply mean_le; auto.
Qed.
Lemma hull_same Y x y : same x y -> hull Y x -> hull Y y.
Proof. intros E [v [Hv Hx]]. exists v. split; [assumption|]. intros r Hr. rewrite <- (E r Hr). apply Hx, Hr. Qed.
Lemma hull_trans Y Y' x : (forall i, (i < n)%nat -> hull Y (Y' i)) -> hull Y' x -> hull Y x.
Proof.
  intros H Hx. destruct (separation d n Y x) as [[v [Hv Hxv]]|[f [M [Hf Hxf]]]]; [exists v; auto|]. exfalso.
  assert (dot f x <= M).
  { apply (hull_dot f Y'); [assumption|]. intros j Hj. apply (hull_dot f Y); [apply H, Hj|exact Hf]. }
  change (sum d (fun r => f r * x r)) with (dot f x) in Hxf. lra.
Qed.

Lemma hull_shrinks m t x : hull (run (m + t)) x -> hull (run m) x.
Proof.
  induction t; [rewrite Nat.add_0_r; auto|]. rewrite Nat.add_succ_r. intros H. apply IHt.
  apply (convex_step s (run (m + t))); [assumption|lra|exact H].
Qed.

(* the functionals of the states tend to those of L *)
Lemma dot_tends f eps : 0 < eps -> exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (dot f (run (k + p * m) i) - dot f (L i)) <= eps.
Proof.
  intros He. set (W := sum d (fun r => Qabs (f r))).
  assert (HW : 0 <= W) by (apply sum_nonneg; intros; apply Qabs_nonneg).
  destruct (all_below (fun x m0 => forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run (k + p * m) i x - L i x) <= eps / (W + 1)) d) as [m0 H0].
  - intros x m m' H Hle a i Ha Hi. apply H; [lia|assumption].
  - intros x Hx. apply along; [assumption|]. apply Qlt_shift_div_l; lra.
  - exists m0. intros m i Hm Hi. unfold Dynamics.dot. rewrite <- sum_minus.
    apply Qle_trans with (W * (eps / (W + 1))).
    + unfold W. rewrite <- sum_scal_r. eapply Qle_trans; [apply Qabs_sum|]. apply sum_le. intros r Hr.
      setoid_replace (f r * run (k + p * m) i r - f r * L i r) with (f r * (run (k + p * m) i r - L i r)) by ring.
      rewrite Qabs_Qmult, !(Qmult_comm (Qabs (f r))). apply Qmult_le_compat_r; [|apply Qabs_nonneg].
      apply (H0 r Hr m i Hm Hi).
    + assert (E : W * (eps / (W + 1)) == eps - eps / (W + 1)) by (field; lra). rewrite E.
      assert (0 < eps / (W + 1)) by (apply Qlt_shift_div_l; lra). lra.
Qed.

Lemma limit_in_hull i m : (i < n)%nat -> hull (run m) (L i).
Proof.
  intros Hi. destruct (separation d n (run m) (L i)) as [[v [Hv Hx]]|[f [M [Hf Hx]]]]; [exists v; auto|]. exfalso.
  change (sum d (fun r => f r * L i r)) with (dot f (L i)) in Hx.
  destruct (dot_tends f ((1#2) * (dot f (L i) - M)) ltac:(lra)) as [m0 H0].
  specialize (H0 (m0 + m)%nat i ltac:(lia) Hi). apply Qabs_Qle_condition in H0.
  assert (dot f (run (k + p * (m0 + m)) i) <= M); [|lra].
  apply (hull_dot f (run m)); [|exact Hf].
  replace (k + p * (m0 + m))%nat with (m + (k + p * (m0 + m) - m))%nat by nia.
  apply (hull_shrinks m (k + p * (m0 + m) - m)). apply hull_member, Hi.
Qed.

Theorem hull_of_ends x : limit_polytope s x <-> hull L x.
Proof.
  split.
  - intros H. destruct (separation d n L x) as [[v [Hv Hx]]|[f [M [Hf Hx]]]]; [exists v; auto|]. exfalso.
    change (sum d (fun r => f r * x r)) with (dot f x) in Hx.
    destruct (dot_tends f ((1#2) * (dot f x - M)) ltac:(lra)) as [m0 H0].
    assert (dot f x <= M + (1#2) * (dot f x - M)); [|lra].
    apply (hull_dot f (run (k + p * m0))); [apply H|]. intros j Hj.
    specialize (H0 m0 j (Nat.le_refl _) Hj). apply Qabs_Qle_condition in H0. specialize (Hf j Hj).
    change (sum d (fun r => f r * L j r)) with (dot f (L j)) in Hf. lra.
  - intros H m. apply (hull_trans (run m) L); [|assumption]. intros i Hi. apply limit_in_hull, Hi.
Qed.

(* leaders *)
Lemma leader_rests i m : (i < n)%nat -> leader s k i -> (k <= m)%nat -> same (run m i) (run k i).
Proof. intros Hi Hl Hm. destruct (leaders_persist_lemma s tau_0 tau_1 k m i Hm I Hi Hl); assumption. Qed.
Lemma leader_limit i : (i < n)%nat -> leader s k i -> same (run k i) (L i).
Proof.
  intros Hi Hl r Hr. assert (run k i r - L i r == 0); [|lra]. apply small_0. intros eps He.
  destruct (along r eps Hr He) as [m0 H0]. specialize (H0 m0 i (Nat.le_refl _) Hi).
  rewrite (leader_rests i (k + p * m0)%nat Hi Hl ltac:(lia) r Hr) in H0. exact H0.
Qed.
Lemma leader_place m i : (i < n)%nat -> leader s m i -> same (run m i) (L i).
Proof.
  intros Hi Hl. pose proof (leader_first m i Hi Hl) as Hk. apply same_trans with (run k i); [|apply leader_limit; assumption].
  destruct (Nat.le_gt_cases m k) as [H|H].
  - destruct (leaders_persist_lemma s tau_0 tau_1 m k i H I Hi Hl) as [_ E]. apply same_sym, E.
  - apply leader_rests; [assumption..|lia].
Qed.
Lemma leaders_apart i j : (i < n)%nat -> (j < n)%nat -> leader s k i -> same (run k i) (run k j) -> i = j.
Proof.
  intros Hi Hj Hl E. symmetry. apply (Hl j Hj). split; [assumption|]. intros l Hl'.
  assert (attends s (run k) i i) as [_ A] by (apply Hl; auto). specialize (A l Hl').
  rewrite <- (form_ext s _ _ _ _ (same_refl s (run k i)) E). exact A.
Qed.

Lemma vertex_extreme x : vertex_of s (limit_polytope s) x <-> extreme s L x.
Proof.
  split; intros [H K]; (split; [apply hull_of_ends, H|]); intros y z t Hy Hz; apply K; apply hull_of_ends; assumption.
Qed.

(* weights of an extreme point lie on that point *)
Lemma extreme_weights Y x v : extreme s Y x -> convex n v -> same x (fun r => sum n (fun j => v j * Y j r)) ->
  forall j, (j < n)%nat -> 0 < v j -> same (Y j) x.
Proof.
  intros [_ He] [Hv H1] Hx j Hj Hpos.
  assert (E' : forall f : nat -> Q, sum n f == f j + sum n (fun l => if Nat.eqb l j then 0 else f l)).
  { intros f. apply sum_split, Hj. }
  assert (Hr0 : forall l, (l < n)%nat -> 0 <= (if Nat.eqb l j then 0 else v l)).
  { intros l Hl. destruct (Nat.eqb l j); [lra|apply Hv, Hl]. }
  destruct (Qlt_le_dec (v j) 1) as [Hlt|Hge].
  - pose proof (E' v) as Ev.
    destruct (He (Y j) (fun r => sum n (fun l => ((if Nat.eqb l j then 0 else v l) / (1 - v j)) * Y l r)) (1 - v j)) as [A _];
      [apply hull_member, Hj| |lra|lra| |exact A].
    + exists (fun l => (if Nat.eqb l j then 0 else v l) / (1 - v j)). split; [split|].
      * intros l Hl. apply Qle_shift_div_l; [lra|]. specialize (Hr0 l Hl). lra.
      * unfold Qdiv. rewrite sum_scal_r. assert (sum n (fun l => if Nat.eqb l j then 0 else v l) == 1 - v j) as -> by lra. field. lra.
      * intros; reflexivity.
    + intros r Hr. rewrite (Hx r Hr), E'.
      rewrite (sum_ext n (fun l => (if Nat.eqb l j then 0 else v l) / (1 - v j) * Y l r) (fun l => / (1 - v j) * (if Nat.eqb l j then 0 else v l * Y l r)))
        by (intros l _; destruct (Nat.eqb l j); unfold Qdiv; ring).
      rewrite sum_scal. field. lra.
  - intros r Hr. rewrite (Hx r Hr). symmetry. rewrite E'.
    assert (Hz : sum n (fun l => if Nat.eqb l j then 0 else v l) <= 0) by (pose proof (E' v); lra).
    pose proof (sum_nonneg_0 n _ Hr0 Hz) as Z0. cbv beta in Z0.
    rewrite sum_0.
    + assert (sum n (fun l => if Nat.eqb l j then 0 else v l) == 0) by (apply sum_0; exact Z0).
      pose proof (E' v). assert (v j == 1) by lra. rewrite H2. ring.
    + intros l Hl. specialize (Z0 l Hl). destruct (Nat.eqb l j); [reflexivity|]. rewrite Z0. ring.
Qed.

Theorem vertex_holds_at_ends : (0 < n)%nat ->
  (forall i, (i < n)%nat -> leader s k i -> exists f, exposes s f L i) ->
  (forall i, (i < n)%nat -> exists V, convex n V /\ same (L i) (fun r => sum n (fun j => V j * L j r)) /\
     forall j, (j < n)%nat -> 0 < V j -> leader s k j) ->
  leader_vertex s.
Proof.
  intros Hn Hf HV.
  assert (Pos : forall v, convex n v -> exists j, (j < n)%nat /\ 0 < v j).
  { intros v [Hv H1]. clear - Hv H1. induction (size s) as [|m IH]; simpl in H1; [lra|]. destruct (Qlt_le_dec 0 (v m)) as [|H]; [exists m; auto|].
    destruct IH as [j [A B]]; [intros; apply Hv; lia| |exists j; split; [lia|assumption]].
    assert (0 <= v m) by (apply Hv; lia). lra. }
  assert (Ext : forall i, (i < n)%nat -> leader s k i -> extreme s L (L i)).
  { intros i Hi Hl. destruct (Hf i Hi Hl) as [f He]. apply (exposed_extreme s f); assumption. }
  split; [|split; [|split]].
  - destruct (HV 0%nat Hn) as [V [Hc [_ Hj]]]. destruct (Pos _ Hc) as [j [A B]]. exists k, j. auto.
  - intros m i Hi Hl. apply vertex_extreme.
    destruct (Ext i Hi (leader_first m i Hi Hl)) as [A B]. pose proof (leader_place m i Hi Hl) as E. split.
    + apply hull_same with (L i); [apply same_sym, E|assumption].
    + intros y z t Hy Hz H0 H1 Hs. destruct (B y z t Hy Hz H0 H1) as [C D].
      * apply same_trans with (run m i); [apply same_sym, E|exact Hs].
      * split; (apply same_trans with (L i); [assumption|apply same_sym, E]).
  - intros m l i j Hi Hj Hli Hlj E. apply leaders_apart; [assumption..|apply leader_first with m; assumption|].
    apply same_trans with (run m i). { apply same_trans with (L i); [apply leader_limit; [assumption|apply leader_first with m; assumption]|apply same_sym, leader_place; assumption]. }
    apply same_trans with (run l j); [assumption|]. apply same_trans with (L j); [apply leader_place; assumption|].
    apply same_sym, leader_limit; [assumption|apply leader_first with l; assumption].
  - intros v Hv. apply vertex_extreme in Hv. pose proof Hv as [[u [Hu Hx]] _].
    destruct (Pos u Hu) as [i [Hi Hui]].
    pose proof (extreme_weights L v u Hv Hu Hx i Hi Hui) as E.
    destruct (HV i Hi) as [V [Hc [Hs Hj]]]. destruct (Pos _ Hc) as [j [Hjn Hvj]].
    assert (E2 : same (L j) v).
    { apply (extreme_weights L v V Hv Hc); [|assumption..]. apply same_trans with (L i); [apply same_sym, E|exact Hs]. }
    exists k, j. split; [assumption|]. split; [apply Hj; assumption|].
    apply same_trans with (L j); [|assumption]. apply leader_limit; [assumption|apply Hj; assumption].
Qed.

Theorem vertex_fails_at_ends f i : (i < n)%nat -> exposes s f L i ->
  (forall j, (j < n)%nat -> leader s k j -> ~ same (L j) (L i)) -> ~ leader_vertex s.
Proof.
  intros Hi He Hne [_ [_ [_ H]]].
  destruct (H (L i)) as [m [j [Hj [Hl E]]]].
  - apply vertex_extreme. apply (exposed_extreme s f); assumption.
  - apply (Hne j Hj (leader_first m j Hj Hl)). apply same_trans with (run m j); [|assumption]. apply same_sym, leader_place; assumption.
Qed.

(* limit-set *)
Definition belongs_at i : Prop := ~ same (L i) (fun _ => 0) /\ forall j, (j < n)%nat -> form (L i) (L j) <= form (L i) (L i).
Lemma belongs_S i : (i < n)%nat -> belongs_at i -> in_S s (L i).
Proof.
  intros Hi [H0 H]. split; [|split; [assumption|]].
  - apply hull_of_ends, hull_member, Hi.
  - intros y Hy. apply hull_of_ends in Hy. apply (hull_dot (image s (L i)) L); assumption.
Qed.

(* points of S whose weights lie on the same tokens are equal *)
Lemma S_unique x y u v : positive_definite s -> in_S s x -> in_S s y ->
  convex n u -> same x (fun r => sum n (fun j => u j * L j r)) ->
  convex n v -> same y (fun r => sum n (fun j => v j * L j r)) ->
  (forall j, (j < n)%nat -> (0 < u j <-> 0 < v j)) -> same x y.
Proof.
  intros Hpd [Kx [_ Mx]] [Ky [_ My]] Hu Hx Hv Hy Huv.
  assert (HL : forall j, (j < n)%nat -> limit_polytope s (L j)) by (intros; apply hull_of_ends, hull_member; assumption).
  assert (Fx : forall z, form z x == sum n (fun j => u j * form z (L j))).
  { intros z. rewrite (form_ext s z z x _ (same_refl s z) Hx). apply dot_sum. }
  assert (Fy : forall z, form z y == sum n (fun j => v j * form z (L j))).
  { intros z. rewrite (form_ext s z z y _ (same_refl s z) Hy). apply dot_sum. }
  assert (Exy : form x y == form x x).
  { rewrite Fy. apply mean_eq; [assumption|]. intros j Hj Hp'. apply Huv in Hp'; [|assumption].
    apply (mean_tight n u (fun j => form x (L j))); try assumption.
    - intros i Hi. apply Mx, HL, Hi.
    - rewrite <- Fx. apply Qle_refl. }
  assert (Eyx : form y x == form y y).
  { rewrite Fx. apply mean_eq; [assumption|]. intros j Hj Hp'. apply Huv in Hp'; [|assumption].
    apply (mean_tight n v (fun j => form y (L j))); try assumption.
    - intros i Hi. apply My, HL, Hi.
    - rewrite <- Fy. apply Qle_refl. }
  destruct (same_dec s (fun r => 1 * x r + -1 * y r) (fun _ => 0)) as [E|E].
  - intros r Hr. specialize (E r Hr). cbv beta in E. lra.
  - apply Hpd in E. rewrite form_lin_r, !form_lin_l in E.
    rewrite Exy, Eyx in E. lra.
Qed.

Lemma S_finite : positive_definite s -> finite s (in_S s).
Proof.
  intros Hpd. exists (2 ^ n)%nat. intros l Hl Hne.
  (* to every point belongs the list of the tokens that carry weight *)
  assert (Hm : exists masks : list (list bool), length masks = length l /\ (forall b, In b masks -> length b = n) /\ NoDup masks).
  { assert (G : forall l, (forall x, In x l -> in_S s x) -> ForallOrdPairs (fun x y => ~ same x y) l ->
       exists masks : list (list bool), length masks = length l /\ NoDup masks /\
         forall b, In b masks -> length b = n /\ exists x v, In x l /\ convex n v /\ same x (fun r => sum n (fun j => v j * L j r)) /\
            forall j, (j < n)%nat -> (nth j b false = true <-> 0 < v j)).
    { clear l Hl Hne. induction l as [|x l IH]; intros Hl Hne; [exists []; simpl; repeat split; try constructor; contradiction|].
      inversion Hne as [|? ? Hx Hrest]; subst. destruct IH as [masks [A [B C]]]; [intros; apply Hl; simpl; auto|assumption|].
      assert (Sx : in_S s x) by (apply Hl; simpl; auto).
      destruct (proj1 (hull_of_ends x) (proj1 Sx)) as [u [Hu Hxu]].
      set (b := map (fun j => negb (Qle_bool (u j) 0)) (seq 0 n)).
      assert (Hb : forall j, (j < n)%nat -> (nth j b false = true <-> 0 < u j)).
      { intros j Hj. unfold b. rewrite (nth_indep _ false (negb (Qle_bool (u 0%nat) 0))) by (rewrite map_length, seq_length; assumption).
        rewrite (map_nth (fun j => negb (Qle_bool (u j) 0)) (seq 0 n) 0%nat j), seq_nth by assumption. simpl (0 + j)%nat.
        rewrite negb_true_iff. split; intros K.
        - destruct (Qlt_le_dec 0 (u j)) as [|Q]; [assumption|]. apply Qle_bool_iff in Q. congruence.
        - apply not_true_is_false. intros Q. apply Qle_bool_iff in Q. lra. }
      exists (b :: masks). split; [simpl; auto|]. split.
      - constructor; [|assumption]. intros Hin. destruct (C b Hin) as [_ [y [v [Hy [Hv [Hyv Hbv]]]]]].
        rewrite Forall_forall in Hx. apply (Hx y Hy). apply (S_unique x y u v); try assumption.
        + apply Hl; simpl; auto.
        + intros j Hj. rewrite <- Hb, <- Hbv by assumption. reflexivity.
      - intros b' [<-|Hin].
        + split; [unfold b; rewrite map_length, seq_length; reflexivity|]. exists x, u. simpl. auto.
        + destruct (C b' Hin) as [Hlen [y [v [Hy Rest]]]]. split; [assumption|]. exists y, v. simpl. auto. }
    destruct (G l Hl Hne) as [masks [A [B C]]]. exists masks. split; [assumption|]. split; [|assumption]. intros b Hb. apply C, Hb. }
  destruct Hm as [masks [Hlen [Hb Hnd]]]. rewrite <- Hlen.
  assert (All : forall m, exists all : list (list bool), length all = (2 ^ m)%nat /\ forall b, length b = m -> In b all).
  { induction m as [|m [all [A B]]].
    - exists [[]]. split; [reflexivity|]. intros b Hb0. destruct b; [left; reflexivity|discriminate].
    - exists (map (cons true) all ++ map (cons false) all). split.
      + rewrite app_length, !map_length, A. simpl. lia.
      + intros b Hb0. destruct b as [|x b]; [discriminate|]. apply in_or_app. destruct x; [left|right]; apply in_map, B; simpl in Hb0; lia. }
  destruct (All n) as [all [A B]]. rewrite <- A. apply NoDup_incl_length; [assumption|]. intros b Hin. apply B, Hb, Hin.
Qed.

Lemma S_boundary : positive_definite s -> forall x, in_S s x -> ~ interior s (limit_polytope s) x.
Proof.
  intros Hpd x [Kx [H0 Mx]] [eps [He Hi]].
  (* moving outwards along x itself *)
  set (B := maxn d (fun r => Qabs (x r))). pose proof (maxn_nonneg d (fun r => Qabs (x r))) as HB. fold B in HB.
  set (t := eps / (B + 1)). assert (Ht : 0 < t) by (apply Qlt_shift_div_l; lra).
  assert (Ky : limit_polytope s (fun r => 1 * x r + t * x r)).
  { apply Hi. intros r Hr. setoid_replace (1 * x r + t * x r - x r) with (t * x r) by ring.
    rewrite Qabs_Qmult, (Qabs_pos t) by lra. pose proof (maxn_ge d (fun r => Qabs (x r)) r Hr) as Hm. fold B in Hm. cbv beta in Hm.
    assert (t * Qabs (x r) <= t * B) by (rewrite !(Qmult_comm t); apply Qmult_le_compat_r; lra).
    assert (t * B == eps - t) by (unfold t; field; lra). lra. }
  specialize (Mx _ Ky). rewrite form_lin_r in Mx. pose proof (Hpd x H0) as P.
  change (Dynamics.form s x x) with (form x x) in P. assert (0 < t * form x x) by (apply Qmult_lt_0_compat; assumption). lra.
Qed.

(* FORMAT.md, lemma limit-set *)
Theorem set_holds_at_ends : positive_definite s -> (forall i, (i < n)%nat -> tends s i (L i)) ->
  (forall i, (i < n)%nat -> belongs_at i) -> limit_set s.
Proof.
  intros Hpd Ht Hb. split; [|split].
  - intros i Hi. exists (L i). split; [apply Ht, Hi|apply belongs_S; auto].
  - apply S_finite, Hpd.
  - apply S_boundary, Hpd.
Qed.
Theorem set_finite_at_ends : finite s (in_S s) -> (forall x, in_S s x -> ~ interior s (limit_polytope s) x) ->
  (forall i, (i < n)%nat -> tends s i (L i)) -> (forall i, (i < n)%nat -> belongs_at i) -> limit_set s.
Proof.
  intros Hf Hi Ht Hb. split; [|split; assumption].
  intros i Hi'. exists (L i). split; [apply Ht, Hi'|apply belongs_S; auto].
Qed.

Lemma tends_unique i x : (i < n)%nat -> tends s i x -> same x (L i).
Proof.
  intros Hi Ht r Hr. assert (x r - L i r == 0); [|lra]. apply small_0. intros eps He.
  destruct (Ht ((1#2) * eps) ltac:(lra)) as [m0 H0].
  destruct (along r ((1#2) * eps) Hr ltac:(lra)) as [m1 H1].
  specialize (H0 (k + p * (m0 + m1))%nat r ltac:(nia) Hr). specialize (H1 (m0 + m1)%nat i ltac:(lia) Hi).
  apply Qabs_Qle_condition in H0, H1. apply Qabs_Qle_condition. lra.
Qed.

Theorem set_fails_at_ends i : (i < n)%nat -> ~ belongs_at i -> ~ limit_set s.
Proof.
  intros Hi Hb [H _]. destruct (H i Hi) as [x [Ht [Kx [H0 Mx]]]]. pose proof (tends_unique i x Hi Ht) as E.
  apply Hb. split.
  - intros K. apply H0. apply same_trans with (L i); assumption.
  - intros j Hj. assert (KL : limit_polytope s (L j)) by (apply hull_of_ends, hull_member, Hj). specialize (Mx _ KL).
    rewrite <- (form_ext s _ _ _ _ E (same_refl s (L j))), <- (form_ext s _ _ _ _ E E). exact Mx.
Qed.
End LimitPolytope.

(* the ends of an itinerary that repeats for ever, by the lemma locked-limit *)
Section Locked.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation run := (run s).
Variables (k p : nat).
Hypothesis Hp : (0 < p)%nat.
Hypothesis repeat : forall m i l, (i < n)%nat -> (l < n)%nat -> attends_b s (run (k + m)) i l = attends_b s (run (k + m mod p)) i l.
Hypothesis tau_0 : 0 <= tau.
Hypothesis tau_1 : tau < 1.
Variables (c : nat) (w : nat -> Q).
Hypothesis w_1 : sum c w == 1.
Notation comb := (comb s k p c w).
Hypothesis rest : forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == comb 0 i x.
Definition L : state := comb 0.
Lemma locked_along x eps : (x < d)%nat -> 0 < eps ->
  exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run (k + p * m) i x - L i x) <= eps.
Proof. exact (locked_limit s k p Hp repeat c w tau_0 tau_1 w_1 rest 0 x eps). Qed.
Lemma locked_first m i : (i < n)%nat -> leader s m i -> leader s k i.
Proof.
  intros Hi Hl. destruct (Nat.le_gt_cases m k) as [H|H].
  - destruct (leaders_persist_lemma s tau_0 tau_1 m k i H I Hi Hl); assumption.
  - assert (Hl2 : leader s (k + p * m) i).
    { destruct (leaders_persist_lemma s tau_0 tau_1 m (k + p * m)%nat i ltac:(nia) I Hi Hl); assumption. }
    intros j Hj. specialize (Hl2 j Hj). rewrite <- attends_spec in Hl2 |- * by assumption.
    rewrite repeat, Nat.mul_comm, Nat.mod_mul, Nat.add_0_r in Hl2 by (try assumption; lia). exact Hl2.
Qed.
Lemma locked_ends : (forall r i x, (r < p)%nat -> (i < n)%nat -> (x < d)%nat -> comb r i x == comb 0 i x) ->
  forall i, (i < n)%nat -> tends s i (L i).
Proof. exact (locked_tends s k p Hp repeat c w tau_0 tau_1 w_1 rest). Qed.
End Locked.
